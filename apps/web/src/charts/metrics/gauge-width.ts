const GAP_PX = 12;
const LABEL_PX = 16;
/** Height of the half circle, of its width; as the drawing's. */
const SHAPE = 0.56;
const WIDTH_MIN_PX = 72;
const WIDTH_MAX_PX = 288;

/** The width with which so many gauges fit into a place, as large as can be; below the least they are scrolled. */
export function gaugeWidth(
  count: number,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  let best = 0;
  for (let columns = 1; columns <= count; columns++) {
    const lines = Math.ceil(count / columns);
    const across = (width - (columns - 1) * GAP_PX) / columns;
    const down = ((height - (lines - 1) * GAP_PX) / lines - LABEL_PX) / SHAPE;
    best = Math.max(best, Math.floor(Math.min(across, down)));
  }
  return Math.min(WIDTH_MAX_PX, Math.max(WIDTH_MIN_PX, best));
}
