import type { ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { classNames } from '../../../lib/class-names.ts';
import { timeMarks } from '../model/time-marks.ts';
import type { TimeWindow } from '../model/trace-model.ts';
import { useTimeBrush } from './use-time-brush.ts';

/** The least distance of two marks. */
const MARK_PX = 96;
/** What is nearer to the end has no room for its words. */
const WORDS_PX = 48;

/** Moments that are marked on so many pixels. */
export function marksFor(window: TimeWindow, widthPx: number): readonly { readonly at: number; readonly px: number }[] {
  const span = window.until - window.from;
  return timeMarks(window, Math.max(1, Math.floor(widthPx / MARK_PX))).map((at) => ({
    at,
    px: ((at - window.from) / span) * widthPx,
  }));
}

/** The scale of a window of time; dragging over it looks closer, a double click shows all again. */
export function TimeRuler({
  window,
  widthPx,
  className,
  onZoom,
}: {
  readonly window: TimeWindow;
  readonly widthPx: number;
  readonly className?: string;
  readonly onZoom: (window: TimeWindow | undefined) => void;
}): ReactNode {
  const { brushed, hoverPx, handlers } = useTimeBrush(window, onZoom);
  const atPointer =
    hoverPx === undefined || widthPx === 0 ? undefined : (hoverPx / widthPx) * (window.until - window.from);
  return (
    <div
      title="Drag to look closer, double-click for the whole trace"
      className={classNames(
        'relative h-7 cursor-crosshair touch-pan-y select-none overflow-clip text-2xs text-subtle tabular-nums',
        className,
      )}
      style={{ width: widthPx }}
      {...handlers}
    >
      {marksFor(window, widthPx).map(({ at, px }) => (
        <span
          key={at}
          className="pointer-events-none absolute top-0 flex h-full items-center border-line-strong border-l pl-1"
          style={{ transform: `translateX(${px}px)` }}
        >
          {px + WORDS_PX > widthPx ? null : nanosWords(at)}
        </span>
      ))}
      {atPointer === undefined ? null : (
        <span
          className={classNames(
            'pointer-events-none absolute top-0.5 rounded border border-line-strong bg-raised px-1 text-text',
            (hoverPx ?? 0) > widthPx / 2 ? 'right-full' : 'left-0',
          )}
          style={{ transform: `translateX(${hoverPx}px)` }}
        >
          {nanosWords(window.from + atPointer)}
        </span>
      )}
      {brushed === undefined ? null : (
        <span
          className="pointer-events-none absolute inset-y-0 left-0 border-accent border-x bg-brush"
          style={{ transform: `translateX(${brushed.fromPx}px)`, width: brushed.untilPx - brushed.fromPx }}
        />
      )}
    </div>
  );
}
