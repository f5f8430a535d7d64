import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import type { ChartOptions } from './chart-options.ts';
import { formatUnit } from './format-unit.ts';
import type { Frame } from './frame.ts';
import { type MetricRow, metricRows } from './metric-rows.ts';
import { namedColor } from './theme-color.ts';
import { thresholdOf } from './threshold-of.ts';

/** Rows that are drawn; a browser is no spreadsheet. */
const ROWS_MAX = 500;

/** By which column, a label's name or a frame's place, and whether the largest stands first. */
interface Order {
  readonly by: string | number;
  readonly isDown: boolean;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function compare(a: MetricRow, b: MetricRow, { by, isDown }: Order): number {
  if (typeof by === 'number') {
    const left = a.values[by] ?? null;
    const right = b.values[by] ?? null;
    // What has no value stands last, either way.
    return left === null || right === null
      ? Number(left === null) - Number(right === null)
      : isDown
        ? right - left
        : left - right;
  }
  return COLLATOR.compare(a.labels[by] ?? '', b.labels[by] ?? '') * (isDown ? -1 : 1);
}

function Heading({
  name,
  by,
  order,
  onOrder,
}: {
  readonly name: string;
  readonly by: string | number;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}): ReactNode {
  const isChosen = order.by === by;
  const Icon = order.isDown ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isChosen ? (order.isDown ? 'descending' : 'ascending') : 'none'}
      className={classNames(
        'sticky top-0 z-10 border-line border-b bg-surface p-0 font-medium',
        typeof by === 'number' ? 'text-right' : 'text-left',
      )}
    >
      <button
        type="button"
        className="inline-flex items-center gap-1 px-3 py-1.5 text-subtle text-xs hover:text-text"
        onClick={() => onOrder({ by, isDown: isChosen ? !order.isDown : typeof by === 'number' })}
      >
        {name}
        {isChosen ? <Icon aria-hidden className="size-3" /> : null}
      </button>
    </th>
  );
}

/** One number of each series in a table, a column for each label and each query. */
export function MetricTable({
  frames,
  options,
  names = [],
}: {
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
  /** How the queries' columns are called; `Value` for a single one. */
  readonly names?: readonly string[];
}): ReactNode {
  const { reduce, unit, decimals, thresholds } = options;
  const [order, setOrder] = useState<Order>({ by: 0, isDown: true });
  const { labels, rows } = useMemo(() => metricRows(frames, reduce), [frames, reduce]);
  const sorted = useMemo(() => rows.toSorted((a, b) => compare(a, b, order)).slice(0, ROWS_MAX), [rows, order]);
  if (rows.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">No data</p>;
  }
  return (
    <div className="scrollbar-slim h-full overflow-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">Values</caption>
        <thead>
          <tr>
            {labels.map((label) => (
              <Heading
                key={label}
                name={label === '__name__' ? 'metric' : label}
                by={label}
                order={order}
                onOrder={setOrder}
              />
            ))}
            {frames.map((_, place) => (
              <Heading
                key={names[place] ?? `Value ${place + 1}`}
                name={names[place] ?? (frames.length === 1 ? 'Value' : `Value ${place + 1}`)}
                by={place}
                order={order}
                onOrder={setOrder}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} className="border-line border-b hover:bg-hover">
              {labels.map((label) => (
                <td key={label} className="max-w-80 truncate px-3 py-1 font-mono text-xs" title={row.labels[label]}>
                  {row.labels[label]}
                </td>
              ))}
              {frames.map((_, place) => {
                const value = row.values[place] ?? null;
                const threshold = thresholdOf(value, thresholds);
                return (
                  <td
                    key={names[place] ?? `Value ${place + 1}`}
                    className="whitespace-nowrap px-3 py-1 text-right tabular-nums"
                    style={threshold === undefined ? undefined : { color: namedColor(threshold.color, 'var(--text)') }}
                  >
                    {formatUnit(value, unit, decimals)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_MAX ? (
        <p className="px-3 py-2 text-subtle text-xs">
          and {rows.length - ROWS_MAX} more; narrow the query to see them.
        </p>
      ) : null}
    </div>
  );
}
