import { type PointerEvent, useState } from 'react';
import type { TimeWindow } from '../model/trace-model.ts';

/** A drag that is shorter is a click. */
const DRAG_MIN_PX = 4;

/** A part of a surface that is being marked, in pixels from its left end. */
interface BrushedPart {
  readonly fromPx: number;
  readonly untilPx: number;
}

/** What a surface over time needs to be dragged over. */
export interface TimeBrush {
  readonly brushed: BrushedPart | undefined;
  /** Where the pointer is while nothing is dragged. */
  readonly hoverPx: number | undefined;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onPointerLeave: () => void;
    readonly onDoubleClick: () => void;
  };
}

function xOf(event: PointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(width, event.clientX - left));
}

/** Dragging over a surface that shows `window` marks a part of it; letting go looks closer at that part, and a double click shows all again. */
export function useTimeBrush(
  window: TimeWindow,
  onZoom: (zoom: TimeWindow | undefined) => void,
  onClick?: (event: PointerEvent<HTMLElement>) => void,
): TimeBrush {
  const [start, setStart] = useState<number>();
  const [x, setX] = useState<number>();
  const stop = (): void => setStart(undefined);
  const isDragged = start !== undefined && x !== undefined && Math.abs(x - start) >= DRAG_MIN_PX;
  return {
    brushed: isDragged ? { fromPx: Math.min(start, x), untilPx: Math.max(start, x) } : undefined,
    hoverPx: isDragged ? undefined : x,
    handlers: {
      onPointerDown: (event) => {
        if (event.button === 0) {
          event.currentTarget.setPointerCapture(event.pointerId);
          setStart(xOf(event));
          setX(xOf(event));
        }
      },
      onPointerMove: (event) => setX(xOf(event)),
      onPointerUp: (event) => {
        const end = xOf(event);
        if (start !== undefined && Math.abs(end - start) >= DRAG_MIN_PX) {
          const { width } = event.currentTarget.getBoundingClientRect();
          const at = (px: number): number => window.from + (px / width) * (window.until - window.from);
          onZoom({ from: at(Math.min(start, end)), until: at(Math.max(start, end)) });
        } else if (start !== undefined) {
          onClick?.(event);
        }
        stop();
      },
      onPointerCancel: stop,
      onPointerLeave: () => setX(undefined),
      onDoubleClick: () => onZoom(undefined),
    },
  };
}
