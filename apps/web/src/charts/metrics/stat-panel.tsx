import { type ReactNode, useMemo } from 'react';
import type { ChartOptions } from './chart-options.ts';
import type { Frame, FrameSeries } from './frame.ts';
import { reduceValues } from './reduce-values.ts';
import { shownSeries } from './shown-series.ts';
import { sparklinePath } from './sparkline-path.ts';
import { namedColor, seriesColor } from './theme-color.ts';
import { writtenValue } from './written-value.ts';

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
  const { shows } = options;
  const written = writtenValue(reduceValues(series.values, options.reduce), options);
  const ownColor = series.color ?? written.color;
  const color = namedColor(ownColor ?? '', 'var(--text)');
  const hasName = shows === 'both' || (shows === 'auto' && !isOnly);
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
          <path d={`${path}V30H0Z`} style={{ fill: ownColor === undefined ? seriesColor(0) : color }} />
        </svg>
      )}
      {hasName ? <p className="relative truncate text-muted text-xs">{series.label}</p> : null}
      <p
        className={`relative truncate font-semibold tabular-nums ${isOnly ? 'text-center text-4xl leading-tight' : 'text-2xl leading-tight'}`}
        style={{ color }}
      >
        {shows === 'name' ? series.label : written.text}
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
    return options.noValue === '' ? (
      <p className="flex h-full items-center justify-center text-muted">No data</p>
    ) : (
      <p className="flex h-full items-center justify-center font-semibold text-4xl">{options.noValue}</p>
    );
  }
  return (
    <ul className="scrollbar-slim flex h-full flex-wrap content-stretch gap-2 overflow-y-auto">
      {series.slice(0, SHOWN_MAX).map(({ id, series: each }) => (
        <Tile key={id} series={each} options={options} isOnly={series.length === 1} />
      ))}
    </ul>
  );
}
