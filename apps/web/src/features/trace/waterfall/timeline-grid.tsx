import type { ReactNode } from 'react';
import type { TimeWindow } from '../model/trace-model.ts';
import { marksFor } from '../zoom/time-ruler.tsx';

/** Lines down the rows, below the marks of the ruler. */
export function TimelineGrid({
  window,
  leftPx,
  widthPx,
}: {
  readonly window: TimeWindow;
  readonly leftPx: number;
  readonly widthPx: number;
}): ReactNode {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 overflow-clip"
      style={{ left: leftPx, width: widthPx }}
    >
      {marksFor(window, widthPx).map(({ at, px }) => (
        <span
          key={at}
          className="absolute inset-y-0 left-0 border-line border-l"
          style={{ transform: `translateX(${px}px)` }}
        />
      ))}
    </div>
  );
}
