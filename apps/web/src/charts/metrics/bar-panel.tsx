import type { ReactNode } from 'react';
import { scrollStop } from '../../lib/scroll-stop.ts';
import type { ChartOptions } from './chart-options.ts';
import type { Frame } from './frame.ts';
import { reduceValues } from './reduce-values.ts';
import { shownSeries } from './shown-series.ts';
import { namedColor, seriesColor } from './theme-color.ts';
import { writtenValue } from './written-value.ts';

const SHOWN_MAX = 100;

/** One number of each series as a bar, the longest first. */
export function BarPanel({
  frames,
  options,
}: {
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
}): ReactNode {
  const { reduce, min, max } = options;
  const bars = shownSeries(frames)
    .map(({ id, place, series }) => ({ id, series, index: place, value: reduceValues(series.values, reduce) }))
    .sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
  if (bars.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">No data</p>;
  }
  const low = min ?? 0;
  const high = max ?? Math.max(...bars.map(({ value }) => (Number.isFinite(value) ? (value ?? 0) : 0)), low);
  return (
    <ul ref={scrollStop} aria-label="Values" className="scrollbar-slim flex h-full flex-col gap-1.5 overflow-y-auto">
      {bars.slice(0, SHOWN_MAX).map(({ id, series, index, value }) => {
        const { text, color } = writtenValue(value, options);
        const part = high > low ? Math.min(1, Math.max(0, ((value ?? low) - low) / (high - low))) : 0;
        return (
          <li key={id} className="min-w-0 text-xs">
            <div className="flex justify-between gap-3">
              <span className="min-w-0 truncate">{series.label}</span>
              <span className="shrink-0 font-medium tabular-nums">{text}</span>
            </div>
            <div aria-hidden className="mt-0.5 h-2 rounded-sm bg-hover">
              <div
                className="h-full rounded-sm"
                style={{
                  width: `${part * 100}%`,
                  background: namedColor(series.color ?? color ?? '', seriesColor(index)),
                }}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
