import { type ReactNode, useMemo } from 'react';
import { scrollStop } from '../../lib/scroll-stop.ts';
import type { ChartOptions } from './chart-options.ts';
import { formatUnit } from './format-unit.ts';
import type { Frame, FrameSeries } from './frame.ts';
import { reduceValues } from './reduce-values.ts';
import { shownSeries } from './shown-series.ts';
import { sparklinePath } from './sparkline-path.ts';
import { namedColor, seriesColor } from './theme-color.ts';
import { thresholdOf } from './threshold-of.ts';

/** Series that are shown; more is a table's business. */
const SHOWN_MAX = 24;

function Tile({
  series,
  options,
  isOnly,
}: {
  readonly series: FrameSeries;
  readonly options: ChartOptions;
  readonly isOnly: boolean;
}): ReactNode {
  const { reduce, unit, decimals, thresholds } = options;
  const value = reduceValues(series.values, reduce);
  const threshold = thresholdOf(value, thresholds);
  const color = threshold === undefined ? 'var(--text)' : namedColor(threshold.color, 'var(--text)');
  const path = useMemo(() => sparklinePath(series.values), [series.values]);
  return (
    <li className="relative flex min-h-12 min-w-32 flex-1 flex-col justify-center overflow-hidden rounded-md px-3 py-2">
      {path === '' ? null : (
        <svg
          aria-hidden="true"
          viewBox="0 0 100 30"
          preserveAspectRatio="none"
          className="absolute inset-x-0 bottom-0 h-2/5 w-full opacity-25"
        >
          <path d={`${path}V30H0Z`} style={{ fill: threshold === undefined ? seriesColor(0) : color }} />
        </svg>
      )}
      {isOnly ? null : <p className="relative truncate text-muted text-xs">{series.label}</p>}
      <p
        className={`relative truncate font-semibold tabular-nums ${isOnly ? 'text-center text-4xl leading-tight' : 'text-2xl leading-tight'}`}
        style={{ color }}
      >
        {formatUnit(value, unit, decimals)}
      </p>
    </li>
  );
}

/** One number of each series in large, its colour by threshold, its course behind it. */
export function StatPanel({
  frames,
  options,
}: {
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
}): ReactNode {
  const series = shownSeries(frames);
  if (series.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">No data</p>;
  }
  return (
    <ul
      ref={scrollStop}
      aria-label="Values"
      className="scrollbar-slim flex h-full flex-wrap content-stretch gap-2 overflow-y-auto"
    >
      {series.slice(0, SHOWN_MAX).map(({ id, series: each }) => (
        <Tile key={id} series={each} options={options} isOnly={series.length === 1} />
      ))}
    </ul>
  );
}
