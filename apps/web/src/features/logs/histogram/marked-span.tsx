import type { ReactNode } from 'react';
import type { Bar } from '../../../charts/prepare/stacked-bars.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';

/** A frame around the part of the histogram that is compared with the rest. */
export function MarkedSpan({
  span,
  bars,
  width,
  height,
}: {
  readonly span: ResolvedRange;
  readonly bars: readonly Bar[];
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const startMs = bars[0]?.startMs ?? 0;
  const endMs = bars.at(-1)?.endMs ?? 0;
  const placeOf = (ms: number): number =>
    ((Math.min(endMs, Math.max(startMs, ms)) - startMs) / (endMs - startMs)) * width;
  if (bars.length === 0 || span.endMs <= startMs || span.startMs >= endMs) {
    return null;
  }
  const left = placeOf(span.startMs);
  return (
    <svg aria-hidden="true" width={width} height={height} className="pointer-events-none absolute inset-0">
      <rect
        x={left + 0.5}
        y={0.5}
        width={Math.max(2, placeOf(span.endMs) - left - 1)}
        height={height - 1}
        className="fill-brush/40 stroke-accent"
      />
    </svg>
  );
}
