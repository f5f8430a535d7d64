import { type ReactNode, useMemo } from 'react';
import { scrollStop } from '../../lib/scroll-stop.ts';
import type { ChartOptions } from './chart-options.ts';
import type { Frame, FrameSeries } from './frame.ts';
import { reduceValues } from './reduce-values.ts';
import { shownSeries } from './shown-series.ts';
import { sparklinePath } from './sparkline-path.ts';
import { readableColor, seriesColor } from './theme-color.ts';
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
  const color = readableColor(ownColor ?? '');
  const hasName = shows === 'both' || (shows === 'auto' && !isOnly);
  const text = shows === 'name' ? series.label : written.text;
  const path = useMemo(() => sparklinePath(series.values), [series.values]);
  return (
    <li className="relative min-w-0 overflow-hidden rounded-md [container-type:size]">
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
      <div className={`relative flex h-full items-center gap-x-2 px-1 ${hasName ? TWO_LINES : 'justify-center'}`}>
        {hasName ? <p className="min-w-0 max-w-full truncate text-muted text-xs">{series.label}</p> : null}
        <p
          className="max-w-full truncate font-semibold leading-tight tabular-nums"
          style={{ color, fontSize: fittingSize(text, hasName) }}
        >
          {text}
        </p>
      </div>
    </li>
  );
}

/** Name and value on one another where there is room, else side by side. */
const TWO_LINES =
  'justify-between [@container(min-height:2.75rem)]:flex-col [@container(min-height:2.75rem)]:items-start [@container(min-height:2.75rem)]:justify-center';

/** Letters of a value that take the width of its tile, at the height that they have then. */
const LETTER_WIDTHS = 125;

/** As large as the tile allows. */
function fittingSize(text: string, hasName: boolean): string {
  return `clamp(0.6875rem, min(${hasName ? 45 : 70}cqh, ${LETTER_WIDTHS / Math.max(text.length, 3)}cqw), ${hasName ? 1.75 : 2.5}rem)`;
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
    <ul
      ref={scrollStop}
      aria-label="Values"
      className="scrollbar-slim grid h-full auto-rows-[minmax(1.125rem,1fr)] grid-cols-[repeat(auto-fit,minmax(min(8rem,100%),1fr))] gap-1 overflow-y-auto"
    >
      {series.slice(0, SHOWN_MAX).map(({ id, series: each }) => (
        <Tile key={id} series={each} options={options} isOnly={series.length === 1} />
      ))}
    </ul>
  );
}
