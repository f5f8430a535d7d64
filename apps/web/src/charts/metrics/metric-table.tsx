import type { ValueMapping } from '@aegisguard/model';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import type { ChartOptions } from './chart-options.ts';
import type { Frame } from './frame.ts';
import { type FrameName, type MetricRow, metricRows, type ShownColumn } from './metric-rows.ts';
import { readableColor } from './theme-color.ts';
import { mappingOfText, writtenValue } from './written-value.ts';

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

/** The order that the options ask for; else by the first value, the largest first, or by the first column. */
function firstOrder(
  { sortBy, isSortedDown }: ChartOptions,
  columns: readonly ShownColumn[],
  names: readonly FrameName[],
): Order {
  const place = names.findIndex(({ ref }) => sortBy === `Value ${ref}`);
  const wanted = place < 0 ? (sortBy === 'Value' ? 0 : sortBy) : place;
  if (columns.some(({ by }) => by === wanted)) {
    return { by: wanted, isDown: isSortedDown };
  }
  const value = columns.find(({ by }) => typeof by === 'number');
  return value === undefined ? { by: columns[0]?.by ?? '', isDown: false } : { by: value.by, isDown: true };
}

function LabelCell({
  text,
  mappings,
}: {
  readonly text: string | undefined;
  readonly mappings: readonly ValueMapping[];
}): ReactNode {
  const mapping = mappingOfText(text ?? '', mappings);
  const color = mapping?.color ?? '';
  return (
    <td
      className="max-w-80 truncate px-3 py-1 font-mono text-xs"
      title={text}
      style={color === '' ? undefined : { color: readableColor(color) }}
    >
      {mapping?.text || text}
    </td>
  );
}

function ValueCell({
  value,
  column: { unit, decimals, mappings },
  options,
}: {
  readonly value: number | null;
  readonly column: ShownColumn;
  readonly options: ChartOptions;
}): ReactNode {
  const { text, color } = writtenValue(value, {
    ...options,
    unit: unit ?? options.unit,
    decimals: decimals ?? options.decimals,
    mappings: mappings.length > 0 ? mappings : options.mappings,
  });
  return (
    <td
      className="whitespace-nowrap px-3 py-1 text-right tabular-nums"
      style={color === undefined ? undefined : { color: readableColor(color) }}
    >
      {text}
    </td>
  );
}

/** One number of each series in a table, a column for each label and each query, or those that the options name. */
export function MetricTable({
  frames,
  options,
  names = NO_NAMES,
}: {
  readonly frames: readonly Frame[];
  readonly options: ChartOptions;
  /** How the queries' columns are called; `Value` for a single one. Must stay the same while nothing has changed. */
  readonly names?: readonly FrameName[];
}): ReactNode {
  const [chosen, setOrder] = useState<Order>();
  const { columns, rows } = useMemo(() => metricRows(frames, options, names), [frames, options, names]);
  const order =
    columns.some(({ by }) => by === chosen?.by) && chosen !== undefined ? chosen : firstOrder(options, columns, names);
  const { by, isDown } = order;
  const sorted = useMemo(
    () => rows.toSorted((a, b) => compare(a, b, { by, isDown })).slice(0, ROWS_MAX),
    [rows, by, isDown],
  );
  if (rows.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">{options.noValue || 'No data'}</p>;
  }
  return (
    <div className="scrollbar-slim h-full overflow-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">Values</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.by} name={column.title} by={column.by} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} className="border-line border-b hover:bg-hover">
              {columns.map((column) =>
                typeof column.by === 'number' ? (
                  <ValueCell key={column.by} value={row.values[column.by] ?? null} column={column} options={options} />
                ) : (
                  <LabelCell key={column.by} text={row.labels[column.by]} mappings={column.mappings} />
                ),
              )}
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

const NO_NAMES: readonly FrameName[] = [];
