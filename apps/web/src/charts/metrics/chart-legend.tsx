import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import { classNames } from '../../lib/class-names.ts';
import type { ChartOptions } from './chart-options.ts';
import { formatUnit } from './format-unit.ts';
import type { PlotContent } from './plot-content.ts';
import { REDUCTION_WORDS, reduceValues } from './reduce-values.ts';
import { colorOfSeries } from './theme-color.ts';

/** Lines of the legend; beyond them a person searches the table. */
const LISTED_MAX = 100;

/** Lines whose values follow the pointer: those that can be seen. */
const FOLLOWING = 14;
const LINE_PX = 16;

/** Writes the values at a place of the time axis into the legend; for no place the last ones. */
export interface LegendHandle {
  show(index: number | null): void;
}

/** What a legend needs to know. */
export interface ChartLegendProps {
  readonly ref?: Ref<LegendHandle>;
  readonly content: PlotContent;
  readonly options: ChartOptions;
  /** Places of series that are not drawn now. */
  readonly hidden: ReadonlySet<number>;
  readonly onToggle: (place: number, isAlone: boolean) => void;
  readonly onHover: (place: number | null) => void;
}

function SeriesButton({ place, content, hidden, onToggle, onHover }: ChartLegendProps & { place: number }): ReactNode {
  const series = content.series[place];
  return (
    <button
      type="button"
      aria-pressed={!hidden.has(place)}
      title="Click to see it alone, with Ctrl or ⌘ to hide it"
      className="flex min-w-0 max-w-full items-center gap-1.5 rounded px-1 text-left text-muted hover:bg-hover hover:text-text aria-[pressed=false]:text-subtle aria-[pressed=false]:line-through"
      onClick={(event) => onToggle(place, !(event.ctrlKey || event.metaKey))}
      onPointerEnter={() => onHover(place)}
      onPointerLeave={() => onHover(null)}
    >
      <span
        aria-hidden
        className={classNames('size-2 shrink-0 rounded-[2px]', hidden.has(place) && 'opacity-40')}
        style={{ background: colorOfSeries(series ?? {}, content.colors[place] ?? 0) }}
      />
      <span className="min-w-0 truncate">{series?.label}</span>
    </button>
  );
}

/** What the lines of a chart are, and their values where the pointer is. Values are written without React, at the pace of the pointer. */
export function ChartLegend(props: ChartLegendProps): ReactNode {
  const { content, options } = props;
  const { unit, decimals, legend, legendValues } = options;
  const cells = useRef<(HTMLElement | null)[]>([]);
  const firstSeen = useRef(0);
  const places = useMemo(
    () =>
      content.series.slice(0, LISTED_MAX).map((series, place) => ({ place, id: `${place} ${series.label}`, series })),
    [content],
  );
  const lasts = useMemo(
    () => places.map(({ series }) => formatUnit(reduceValues(series.values, 'last'), unit, decimals)),
    [places, unit, decimals],
  );
  useImperativeHandle(
    props.ref,
    () => ({
      show: (index) => {
        // What is scrolled away costs layout for nobody.
        const from = legend === 'table' ? firstSeen.current : 0;
        places.slice(from, from + (legend === 'table' ? FOLLOWING : LISTED_MAX)).forEach(({ place, series }) => {
          const cell = cells.current[place];
          if (cell !== null && cell !== undefined) {
            const text =
              index === null ? (lasts[place] ?? '') : formatUnit(series.values[index] ?? null, unit, decimals);
            // Equal texts cost no layout.
            if (cell.textContent !== text) {
              cell.textContent = text;
            }
          }
        });
      },
    }),
    [places, lasts, legend, unit, decimals],
  );
  if (legend === 'hidden' || places.length === 0) {
    return null;
  }
  const keep = (place: number) => (element: HTMLElement | null) => {
    cells.current[place] = element;
  };
  const rest = content.series.length - places.length + content.omittedCount;
  const restLine = rest > 0 ? <p className="px-1 text-subtle">and {rest} more series</p> : null;
  if (legend === 'list') {
    return (
      <ul aria-label="Legend" className="scrollbar-slim flex max-h-24 flex-wrap gap-x-3 overflow-y-auto text-xs">
        {places.map(({ place, id }) => (
          <li key={id} className="flex min-w-0 max-w-full items-center">
            <SeriesButton {...props} place={place} />
            <span ref={keep(place)} className="text-subtle tabular-nums">
              {lasts[place]}
            </span>
          </li>
        ))}
        <li>{restLine}</li>
      </ul>
    );
  }
  return (
    <div
      className="scrollbar-slim max-h-48 overflow-auto [contain:content]"
      onScroll={({ currentTarget }) => {
        firstSeen.current = Math.max(0, Math.floor(currentTarget.scrollTop / LINE_PX) - 1);
      }}
    >
      <table className="w-full min-w-lg table-fixed text-xs">
        <caption className="sr-only">Legend</caption>
        <thead className="text-subtle">
          <tr>
            <th scope="col" className="sticky top-0 bg-surface px-1 text-left font-medium">
              Series
            </th>
            {['Value', ...legendValues.map((by) => REDUCTION_WORDS[by])].map((word) => (
              <th key={word} scope="col" className="sticky top-0 w-24 bg-surface px-2 text-right font-medium">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map(({ place, id, series }) => (
            <tr key={id} className="hover:bg-hover">
              <th scope="row" className="font-normal">
                <SeriesButton {...props} place={place} />
              </th>
              <td ref={keep(place)} className="whitespace-nowrap px-2 text-right tabular-nums">
                {lasts[place]}
              </td>
              {legendValues.map((by) => (
                <td key={by} className="whitespace-nowrap px-2 text-right text-muted tabular-nums">
                  {formatUnit(reduceValues(series.values, by), unit, decimals)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {restLine}
    </div>
  );
}
