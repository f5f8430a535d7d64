import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { scrollStop } from '../../../lib/scroll-stop.ts';

const ROW_PX = 30;
const OVERSCAN_ROWS = 12;
/** The header, which covers rows at the top. */
const HEAD_PX = 28;

/** A column by which rows can be sorted. */
export interface SortedColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly isNumber?: boolean;
  /** Of the CSS grid. */
  readonly track: string;
  readonly cell: (row: Row) => ReactNode;
  readonly value: (row: Row) => number | string;
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : a === b ? 0 : 1;
}

function Head<Row>({
  column: { title, isNumber = false },
  order,
  onSort,
}: {
  readonly column: SortedColumn<Row>;
  readonly order: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}): ReactNode {
  const Arrow = order === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={order ?? 'none'}
      className={classNames('block p-0 font-medium', isNumber && 'text-right')}
    >
      <button
        type="button"
        className="-mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded px-1 hover:bg-hover hover:text-text"
        onClick={onSort}
      >
        <span className="truncate">{title}</span>
        {order === undefined ? null : <Arrow aria-hidden className="size-3 shrink-0" />}
      </button>
    </th>
  );
}

/** Rows under headers that sort them; only those in sight are in the document. */
export function SortedTable<Row>({
  label,
  columns,
  rows,
  first,
  minWidthPx,
  rowId,
  isChosen,
  onOpen,
}: {
  readonly label: string;
  readonly columns: readonly SortedColumn<Row>[];
  readonly rows: readonly Row[];
  /** The column by which they are sorted at first, the greatest first. */
  readonly first: string;
  readonly minWidthPx: number;
  readonly rowId: (row: Row) => string;
  readonly isChosen?: (row: Row) => boolean;
  readonly onOpen?: (row: Row) => void;
}): ReactNode {
  const [sort, setSort] = useState({ id: first, descending: true });
  const scroller = useRef<HTMLTableElement>(null);
  const attach = useCallback((element: HTMLTableElement | null) => {
    scroller.current = element;
    return scrollStop(element);
  }, []);
  const sorted = useMemo(() => {
    const value = columns.find(({ id }) => id === sort.id)?.value;
    return value === undefined
      ? rows
      : rows.toSorted((a, b) => compare(value(a), value(b)) * (sort.descending ? -1 : 1));
  }, [columns, rows, sort]);
  const virtualizer = useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    scrollPaddingEnd: HEAD_PX,
  });
  const chosen = isChosen === undefined ? -1 : sorted.findIndex(isChosen);
  const chosenRow = sorted[chosen];
  const chosenId = chosenRow === undefined ? undefined : rowId(chosenRow);
  const { scrollToIndex } = virtualizer;
  const place = useRef(chosen);
  useEffect(() => {
    place.current = chosen;
  });
  // Another one was chosen, wherever it stands; sorting leaves the list where it is.
  useEffect(() => {
    if (chosenId !== undefined) {
      scrollToIndex(place.current, { align: 'auto' });
    }
  }, [chosenId, scrollToIndex]);
  const template = columns.map(({ track }) => track).join(' ');
  const sortBy = ({ id, isNumber = false }: SortedColumn<Row>): void => {
    setSort((before) => (before.id === id ? { id, descending: !before.descending } : { id, descending: isNumber }));
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <table
      ref={attach}
      aria-rowcount={sorted.length + 1}
      aria-label={label}
      className="scrollbar-slim relative block min-h-0 flex-1 overflow-auto bg-surface text-xs focus-visible:-outline-offset-2"
    >
      <thead className="sticky top-0 z-10 block bg-canvas" style={{ minWidth: minWidthPx }}>
        <tr
          aria-rowindex={1}
          className="grid h-7 items-center gap-x-4 border-line border-b px-3 text-left text-subtle"
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <Head
              key={column.id}
              column={column}
              order={sort.id === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
              onSort={() => sortBy(column)}
            />
          ))}
        </tr>
      </thead>
      <tbody className="relative block" style={{ height: virtualizer.getTotalSize(), minWidth: minWidthPx }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = sorted[index];
          return row === undefined ? null : (
            <tr
              key={rowId(row)}
              aria-current={isChosen?.(row) === true ? true : undefined}
              aria-rowindex={index + 2}
              className={classNames(
                'absolute top-0 left-0 grid w-full items-center gap-x-4 border-line/60 border-b px-3 align-top hover:bg-hover',
                onOpen !== undefined && 'cursor-pointer',
                isChosen?.(row) === true && 'bg-selected',
              )}
              style={{ transform: `translateY(${start}px)`, height: ROW_PX, gridTemplateColumns: template }}
              onClick={() => onOpen?.(row)}
            >
              {columns.map(({ id, isNumber = false, cell }, place) => (
                <td
                  key={id}
                  className={classNames('block min-w-0 truncate p-0 align-top', isNumber && 'text-right tabular-nums')}
                >
                  {place === 0 && onOpen !== undefined ? (
                    // Its click is the row's.
                    <button type="button" className="block w-full cursor-pointer truncate rounded text-left">
                      {cell(row)}
                    </button>
                  ) : (
                    cell(row)
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
