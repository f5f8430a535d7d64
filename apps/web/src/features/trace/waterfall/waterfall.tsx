import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import {
  type ComponentProps,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { useOnChange } from '../../../lib/use-on-change.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { RowSlots } from '../../logs/table/row-slots.ts';
import { nameOf, serviceOf, type TraceModel } from '../model/trace-model.ts';
import { placeOf } from '../model/visible-rows.ts';
import { stepIn, stepOut, stepRows, type TraceExplorer } from '../use-trace-explorer.ts';
import { TimeRuler } from '../zoom/time-ruler.tsx';
import { ColumnDivider } from './column-divider.tsx';
import { TimelineGrid } from './timeline-grid.tsx';
import { useNameColumn } from './use-name-column.ts';
import { WaterfallRow } from './waterfall-row.tsx';
import { indentStep, NARROW_ROW_PX, ROW_PX, type WaterfallSetting } from './waterfall-setting.ts';

/** Rows drawn beyond the visible ones, so that a fast wheel meets no gap. */
const OVERSCAN_ROWS = 4;
const HEADER_PX = 29;

/** Levels that are left when a trace is folded up: roots and what they call. */
const FOLDED_LEVELS = 2;

function rowId(row: number): string {
  return `span-row-${row}`;
}

/** A table whose rows are moved through by keyboard is one stop of the Tab key: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/ */
function treeRole(active: number | undefined): ComponentProps<'table'> {
  return {
    role: 'treegrid',
    tabIndex: 0,
    'aria-activedescendant': active === undefined ? undefined : rowId(active),
  };
}

/** What is too long for its cell is told where the pointer comes to it. */
function nameCell({ target }: PointerEvent<HTMLElement>, model: TraceModel): void {
  const cell = (target as Element).closest('td');
  const row = Number(cell?.parentElement?.dataset.row ?? Number.NaN);
  if (cell instanceof HTMLElement && !Number.isNaN(row)) {
    cell.title = `${nameOf(model, row)}\n${serviceOf(model, row)}\n${nanosWords(model.duration[row] ?? 0)}`;
  }
}

function onClick(event: MouseEvent<HTMLElement>, { rows, open, cursor }: TraceExplorer): void {
  const target = event.target as Element;
  const row = Number(target.closest('[data-row]')?.getAttribute('data-row') ?? Number.NaN);
  if (Number.isNaN(row)) {
    return;
  }
  if (target.closest('[data-toggle]') !== null) {
    cursor.move(row);
    rows.toggle(row);
  } else {
    open(row);
  }
}

function pageRows(event: KeyboardEvent<HTMLElement>, rowPx: number): number {
  return Math.max(1, Math.floor((event.currentTarget.clientHeight - HEADER_PX) / rowPx) - 1);
}

function onKey(event: KeyboardEvent<HTMLElement>, explorer: TraceExplorer, rowPx: number): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const { cursor, rows } = explorer;
  switch (event.key) {
    case 'ArrowDown':
      stepRows(explorer, 1);
      break;
    case 'ArrowUp':
      stepRows(explorer, -1);
      break;
    case 'PageDown':
      stepRows(explorer, pageRows(event, rowPx));
      break;
    case 'PageUp':
      stepRows(explorer, -pageRows(event, rowPx));
      break;
    case 'Home':
      stepRows(explorer, -rows.visible.length);
      break;
    case 'End':
      stepRows(explorer, rows.visible.length);
      break;
    case 'ArrowLeft':
      stepOut(explorer);
      break;
    case 'ArrowRight':
      stepIn(explorer);
      break;
    case 'Enter':
      if (cursor.row !== undefined) {
        explorer.enter(cursor.row);
      }
      break;
    default:
      return;
  }
  event.preventDefault();
}

function useSetting(explorer: TraceExplorer, width: number, namePx: number, isNarrow: boolean): WaterfallSetting {
  const { model, window } = explorer;
  return useMemo(() => {
    const shownNamePx = isNarrow ? width : namePx;
    const timelinePx = Math.max(0, width - (isNarrow ? 0 : namePx) - (isNarrow ? 0 : 12));
    return {
      model,
      window,
      namePx: shownNamePx,
      timelinePx,
      stepPx: indentStep(model.maxDepth, shownNamePx),
      isNarrow,
    };
  }, [model, window, width, namePx, isNarrow]);
}

function Header({
  explorer,
  setting,
  columns,
}: {
  readonly explorer: TraceExplorer;
  readonly setting: WaterfallSetting;
  readonly columns: string | undefined;
}): ReactNode {
  const { rows, window, zoom } = explorer;
  return (
    <thead className="sticky top-0 z-10 block bg-canvas">
      <tr
        aria-rowindex={1}
        className="grid border-line border-b text-left text-subtle text-xs"
        style={{ gridTemplateColumns: columns }}
      >
        <th scope="col" className="flex h-7 items-center gap-0.5 px-1.5 font-medium">
          <span className="flex-1 px-1">Span</span>
          <IconButton size="icon-sm" label="Fold up" onClick={() => rows.collapseTo(FOLDED_LEVELS)}>
            <ChevronsDownUp aria-hidden />
          </IconButton>
          <IconButton size="icon-sm" label="Unfold all" onClick={rows.expandAll}>
            <ChevronsUpDown aria-hidden />
          </IconButton>
        </th>
        <th scope="col" aria-label="Time" className="block p-0 font-normal">
          <TimeRuler window={window} widthPx={setting.timelinePx} onZoom={zoom} />
        </th>
      </tr>
    </thead>
  );
}

/** The spans of a trace below each other, each with its bar over time; only the rows in sight are in the document. */
export function Waterfall({
  explorer,
  isNarrow,
}: {
  readonly explorer: TraceExplorer;
  readonly isNarrow: boolean;
}): ReactNode {
  const { model, rows, cursor, search } = explorer;
  const { visible, collapsed } = rows;
  const scroller = useRef<HTMLTableElement>(null);
  const [measure, width] = useElementWidth<HTMLTableElement>();
  // The same function each time: another one would be told of the element anew with every frame.
  const attach = useCallback(
    (element: HTMLTableElement | null) => {
      scroller.current = element;
      return measure(element);
    },
    [measure],
  );
  const column = useNameColumn(width);
  const setting = useSetting(explorer, width, column.widthPx, isNarrow);
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const virtualizer = useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: HEADER_PX,
  });
  const slots = useRef<RowSlots>(undefined);
  slots.current ??= new RowSlots();
  const matches = useMemo(() => new Set(search.matches), [search.matches]);
  const { row: current } = cursor;
  const place = current === undefined ? -1 : placeOf(visible, current);
  useOnChange(rowPx, () => virtualizer.measure());
  // Whatever is folded, the row that one is at stays in sight.
  useEffect(() => {
    if (current !== undefined && place >= 0) {
      virtualizer.scrollToIndex(place, { align: 'auto' });
    }
  }, [current, place, virtualizer]);
  useEffect(() => {
    // Keys work at once where nothing else has the focus.
    if (document.activeElement === document.body) {
      scroller.current?.focus({ preventScroll: true });
    }
  }, []);
  const columns = isNarrow ? undefined : `${column.widthPx}px minmax(0, 1fr)`;
  return (
    <div className="relative flex min-h-0 flex-1 bg-surface">
      {isNarrow ? null : <TimelineGrid window={explorer.window} widthPx={setting.timelinePx} leftPx={column.widthPx} />}
      <table
        ref={attach}
        {...treeRole(visible[place] === current ? current : undefined)}
        aria-label="Spans"
        aria-rowcount={visible.length + 1}
        className="scrollbar-slim group/grid relative block min-h-0 flex-1 overflow-y-auto overflow-x-clip outline-none [overflow-anchor:none]"
        onPointerOver={(event) => nameCell(event, model)}
        onClick={(event) => onClick(event, explorer)}
        onKeyDown={(event) => onKey(event, explorer, rowPx)}
      >
        <Header explorer={explorer} setting={setting} columns={columns} />
        <tbody
          className="relative block text-xs"
          style={{ height: virtualizer.getTotalSize(), gridTemplateColumns: columns }}
        >
          {slots.current.place(virtualizer.getVirtualItems(), virtualizer.isScrolling).map(({ slot, row: item }) => {
            const row = visible[item.index];
            return row === undefined ? null : (
              <WaterfallRow
                key={slot}
                id={row === current ? rowId(row) : undefined}
                place={item.index}
                row={row}
                top={item.start}
                isSelected={row === current}
                isCollapsed={collapsed.has(row)}
                isMatch={matches.has(row)}
                setting={setting}
              />
            );
          })}
        </tbody>
      </table>
      {isNarrow ? null : <ColumnDivider column={column} />}
      {model.count > 0 && visible.length === 0 ? (
        <p className="absolute inset-0 m-auto h-fit w-fit text-muted">No span is chosen by what is to be shown.</p>
      ) : null}
    </div>
  );
}
