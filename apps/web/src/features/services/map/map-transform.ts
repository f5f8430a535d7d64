/** How the drawing lies in its window: moved by x and y pixels, after it was made larger or smaller. */
export interface MapTransform {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

const SCALE_MIN = 0.05;
const SCALE_MAX = 2.5;

/** The whole drawing in the middle of the window, never larger than it is drawn. */
export function fitted(drawing: Size, window: Size): MapTransform {
  const scale = Math.min(window.width / Math.max(1, drawing.width), window.height / Math.max(1, drawing.height), 1);
  return {
    x: (window.width - drawing.width * scale) / 2,
    y: (window.height - drawing.height * scale) / 2,
    scale,
  };
}

/** Larger or smaller by a factor; the place under the point (pixels of the window) stays. */
export function zoomed(
  { x, y, scale }: MapTransform,
  factor: number,
  point: { readonly x: number; readonly y: number },
): MapTransform {
  const next = Math.min(SCALE_MAX, Math.max(SCALE_MIN, scale * factor));
  const ratio = next / scale;
  return { x: point.x - (point.x - x) * ratio, y: point.y - (point.y - y) * ratio, scale: next };
}

/** Moved so that a box lies in the window: not at all where it does already, else with the box in the middle. */
export function revealed(
  transform: MapTransform,
  window: Size,
  box: Size & { readonly x: number; readonly y: number },
): MapTransform {
  const { x, y, scale } = transform;
  const [left, top] = [x + (box.x - box.width / 2) * scale, y + (box.y - box.height / 2) * scale];
  const isInSight =
    left >= 0 && top >= 0 && left + box.width * scale <= window.width && top + box.height * scale <= window.height;
  return isInSight ? transform : { x: window.width / 2 - box.x * scale, y: window.height / 2 - box.y * scale, scale };
}
