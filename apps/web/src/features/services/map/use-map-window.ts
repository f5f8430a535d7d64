import { type PointerEvent, type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useElementSize } from '../../../lib/use-element-size.ts';
import type { MapBox, MapLayout, MapPoint } from './layout-map.ts';
import { fitted, type MapTransform, revealed, zoomed } from './map-transform.ts';

const WHEEL_FACTOR = 1.0015;
const BUTTON_FACTOR = 1.3;
/** Who moves further than this has not clicked. */
const CLICK_PX = 4;

/** What a map's window is made of: handlers for its element, and how the drawing lies in it. */
interface MapWindow {
  readonly ref: RefCallback<HTMLDivElement>;
  readonly transform: MapTransform;
  /** Its size is known. */
  readonly isReady: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  /** Brings a box into sight. */
  readonly reveal: (box: MapPoint & Pick<MapBox, 'width' | 'height'>) => void;
  readonly move: (dx: number, dy: number) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  /** Tells whether that was a click. */
  readonly onPointerUp: () => boolean;
}

/** The window through which a map is seen, until it shows another `drawing`: dragged, zoomed by the wheel (with Ctrl or a pinch) and by buttons. */
export function useMapWindow({ width, height }: Pick<MapLayout, 'width' | 'height'>, drawing: string): MapWindow {
  const [measure, size] = useElementSize<HTMLDivElement>();
  const [moved, setMoved] = useState<MapTransform>();
  const [drawn, setDrawn] = useState(drawing);
  if (drawn !== drawing) {
    setDrawn(drawing);
    setMoved(undefined);
  }
  const transform = moved ?? fitted({ width, height }, size);
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: MapTransform; isMoved: boolean }>(null);
  const latest = useRef(transform);
  useEffect(() => {
    latest.current = transform;
  });
  const element = useRef<HTMLDivElement>(null);
  useWheel(element, latest, setMoved);
  const zoom = useCallback(
    (factor: number) => setMoved(zoomed(latest.current, factor, { x: size.width / 2, y: size.height / 2 })),
    [size.width, size.height],
  );
  const reveal = useCallback(
    (box: MapPoint & Pick<MapBox, 'width' | 'height'>) => {
      const next = revealed(latest.current, size, box);
      if (next !== latest.current) {
        setMoved(next);
      }
    },
    [size],
  );
  return {
    ref: useCallback(
      (node: HTMLDivElement | null) => {
        element.current = node;
        return measure(node);
      },
      [measure],
    ),
    transform,
    isReady: size.width > 0,
    zoomIn: () => zoom(BUTTON_FACTOR),
    zoomOut: () => zoom(1 / BUTTON_FACTOR),
    fit: () => setMoved(undefined),
    reveal,
    move: (dx, dy) => setMoved({ ...latest.current, x: latest.current.x + dx, y: latest.current.y + dy }),
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button === 0) {
        drag.current = { x: event.clientX, y: event.clientY, from: transform, isMoved: false };
      }
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const { current } = drag;
      if (current === null) {
        return;
      }
      const [dx, dy] = [event.clientX - current.x, event.clientY - current.y];
      if (!current.isMoved && Math.hypot(dx, dy) > CLICK_PX) {
        current.isMoved = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      if (current.isMoved) {
        setMoved({ ...current.from, x: current.from.x + dx, y: current.from.y + dy });
      }
    },
    onPointerUp: () => {
      const isClick = drag.current?.isMoved === false;
      drag.current = null;
      return isClick;
    },
  };
}

/** A wheel alone scrolls the page, as everywhere; with Ctrl, which a pinch looks like, it zooms. React's own listener cannot keep the browser from zooming the page. */
function useWheel(
  element: RefObject<HTMLDivElement | null>,
  latest: RefObject<MapTransform>,
  setMoved: (transform: MapTransform) => void,
): void {
  useEffect(() => {
    const node = element.current;
    const onWheel = (event: WheelEvent): void => {
      if (node === null || !(event.ctrlKey || event.metaKey)) {
        return;
      }
      event.preventDefault();
      const { left, top } = node.getBoundingClientRect();
      setMoved(
        zoomed(latest.current, WHEEL_FACTOR ** -event.deltaY, { x: event.clientX - left, y: event.clientY - top }),
      );
    };
    node?.addEventListener('wheel', onWheel, { passive: false });
    return () => node?.removeEventListener('wheel', onWheel);
  }, [element, latest, setMoved]);
}
