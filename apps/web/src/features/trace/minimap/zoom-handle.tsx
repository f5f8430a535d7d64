import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import type { TimeWindow } from '../model/trace-model.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';

/** By an arrow key, of what is drawn. */
const STEP = 0.05;

function movedTo(window: TimeWindow, side: keyof TimeWindow, at: number): TimeWindow {
  const moved = { ...window, [side]: at };
  return moved.from <= moved.until ? moved : { from: moved.until, until: moved.from };
}

/** One end of the part that is drawn, to be dragged or moved by the arrow keys. */
export function ZoomHandle({
  label,
  side,
  explorer: { window, model, adjustZoom },
  widthPx,
}: {
  readonly label: string;
  readonly side: keyof TimeWindow;
  readonly explorer: TraceExplorer;
  readonly widthPx: number;
}): ReactNode {
  const { total } = model;
  // Where it is while it is dragged; what is drawn follows when it is let go.
  const [dragged, setDragged] = useState<number>();
  const at = dragged ?? window[side];
  const timeAt = (event: PointerEvent<HTMLElement>): number => {
    const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0;
    return Math.max(0, Math.min(total, ((event.clientX - left) / Math.max(1, widthPx)) * total));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      adjustZoom((shown) => {
        const next = shown[side] + by * (shown.until - shown.from);
        return movedTo(shown, side, Math.max(0, Math.min(total, next)));
      });
    }
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={at}
      aria-valuetext={nanosWords(at)}
      className="absolute inset-y-0 -ml-1.5 flex w-3 cursor-ew-resize touch-none items-center justify-center rounded"
      style={{ left: `${(at / total) * 100}%` }}
      onPointerDown={(event) => {
        // The surface below would begin to mark a part.
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(timeAt(event));
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (dragged !== undefined) {
          setDragged(timeAt(event));
        }
      }}
      onPointerUp={(event) => {
        event.stopPropagation();
        const next = timeAt(event);
        setDragged(undefined);
        adjustZoom((shown) => movedTo(shown, side, next));
      }}
      onPointerCancel={() => setDragged(undefined)}
      onKeyDown={onKeyDown}
    >
      <span aria-hidden className="h-5 w-1.5 rounded-full border border-surface bg-accent" />
    </span>
  );
}
