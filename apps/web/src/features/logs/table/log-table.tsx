import type { LogDirection, LogView } from '@aegisguard/model';
import {
  type ComponentProps,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { useOnChange } from '../../../lib/use-on-change.ts';
import { isParsedLabel, logLabel } from './log-label.ts';
import { LogRow, type RowSetting } from './log-row.tsx';
import { type ColumnChanges, LogTableHeader } from './log-table-header.tsx';
import { RowSlots } from './row-slots.ts';
import { useLogVirtualizer } from './use-log-virtualizer.ts';

/** How near the end of the loaded rows the next page is asked for. */
const LOAD_AHEAD_ROWS = 400;

/** What a row has beside its columns, for guessing wrapped heights. */
const SIDES_PX = 40;

/** What a page can ask of its table. */
export interface LogTableHandle {
  readonly focus: () => void;
  readonly scrollToStart: () => void;
  readonly scrollToEnd: () => void;
}

/** Where a list is scrolled to. */
export interface ScrollPlace {
  readonly topPx: number;
  /** What is below, out of sight. */
  readonly belowPx: number;
}

/** What the table shows. */
export interface LogTableProps {
  readonly ref?: Ref<LogTableHandle>;
  readonly rows: readonly LogView[];
  readonly setting: RowSetting;
  readonly direction: LogDirection;
  readonly selectedIndex: number;
  /** The list goes back to its top when this changes. */
  readonly question: string;
  readonly isStale: boolean;
  readonly footer: ReactNode;
  readonly onOpen: (log: LogView) => void;
  readonly onTurn: () => void;
  readonly onColumns: ColumnChanges;
  readonly onMove: (by: 1 | -1) => void;
  readonly onOpenSelected: () => void;
  /** The next page is wanted. */
  readonly onNearEnd?: () => void;
  readonly onScrolled: (isAtTop: boolean, place: ScrollPlace) => void;
}

function rowId(index: number): string {
  return `log-row-${index}`;
}

/** A table whose rows are selected by keyboard is a grid, one stop of the Tab key: https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
function gridRole(selectedIndex: number): ComponentProps<'table'> {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-activedescendant': selectedIndex >= 0 ? rowId(selectedIndex) : undefined,
  };
}

/** The logs, of which only the visible ones are in the document. */
export function LogTable(props: LogTableProps): ReactNode {
  const { rows, setting, selectedIndex, question, direction, isStale, onNearEnd } = props;
  const scroller = useRef<HTMLTableElement>(null);
  const [measure, width] = useElementWidth<HTMLTableElement>();
  const otherColumnsPx = setting.columns.reduce(
    (sum, { kind, minPx }) => sum + (kind === 'message' ? 0 : minPx + 30),
    SIDES_PX,
  );
  const virtualizer = useLogVirtualizer(rows, scroller, setting, Math.max(240, width - otherColumnsPx));
  const items = virtualizer.getVirtualItems();
  const slots = useRef<RowSlots>(undefined);
  slots.current ??= new RowSlots();
  // Rows that wrap are measured, so each has elements of its own.
  const drawn = setting.wrap
    ? items.map((item) => ({ slot: item.index, row: item }))
    : slots.current.place(items, virtualizer.isScrolling);
  const lastDrawn = items.at(-1)?.index ?? 0;

  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    scrollToStart: () => scroller.current?.scrollTo({ top: 0 }),
    scrollToEnd: () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight }),
  }));
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - LOAD_AHEAD_ROWS) {
      onNearEnd?.();
    }
  }, [rows.length, lastDrawn, onNearEnd]);
  useOnChange(`${question} ${direction}`, () => scroller.current?.scrollTo({ top: 0 }));
  useEffect(() => {
    if (selectedIndex >= 0) {
      virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
    }
  }, [selectedIndex, virtualizer]);
  useOnChange(`${setting.wrap} ${setting.isNarrow} ${setting.wrap ? `${width} ${setting.template}` : 0}`, () => {
    virtualizer.measure();
    // It has forgotten all heights, and is told again only of those that change.
    if (setting.wrap) {
      scroller.current?.querySelectorAll<HTMLTableRowElement>('tbody > tr').forEach(virtualizer.measureElement);
    }
  });

  return (
    <table
      ref={(element) => {
        scroller.current = element;
        return measure(element);
      }}
      {...gridRole(selectedIndex)}
      aria-label="Logs"
      aria-rowcount={rows.length + 1}
      aria-busy={isStale}
      className="scrollbar-slim group/grid relative block min-h-0 flex-1 overflow-y-auto bg-surface [overflow-anchor:none] focus-visible:-outline-offset-2 md:outline-none"
      onKeyDown={(event) => onGridKey(event, props)}
      onClick={(event) => onGridClick(event, props)}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
        props.onScrolled(scrollTop < 1, { topPx: scrollTop, belowPx: scrollHeight - clientHeight - scrollTop })
      }
    >
      <LogTableHeader
        columns={setting.columns}
        template={setting.template}
        minWidthPx={setting.isNarrow ? 0 : setting.minWidthPx}
        direction={direction}
        isHidden={setting.isNarrow}
        onTurn={props.onTurn}
        onColumns={props.onColumns}
      />
      <tbody
        className={classNames('relative block cursor-default font-mono text-xs', isStale && 'opacity-50')}
        style={{
          height: virtualizer.getTotalSize(),
          minWidth: setting.isNarrow ? 0 : setting.minWidthPx,
          gridTemplateColumns: setting.template,
        }}
      >
        {drawn.map(({ slot, row: item }) => {
          const log = rows[item.index];
          return log === undefined ? null : (
            <LogRow
              key={slot}
              ref={setting.wrap ? virtualizer.measureElement : null}
              id={rowId(item.index)}
              index={item.index}
              log={log}
              top={item.start}
              height={setting.wrap ? undefined : item.size}
              isSelected={item.index === selectedIndex}
              setting={setting}
            />
          );
        })}
      </tbody>
      {props.footer}
    </table>
  );
}

function onGridKey(event: KeyboardEvent<HTMLElement>, { onMove, onOpenSelected }: LogTableProps): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    onMove(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    onOpenSelected();
  }
}

function onGridClick(event: MouseEvent, { rows, setting, onOpen }: LogTableProps): void {
  // A click that ends a selection of text is no wish to do anything.
  if (!(event.target instanceof Element) || getSelection()?.isCollapsed === false) {
    return;
  }
  const row = event.target.closest<HTMLElement>('tbody > tr');
  const log = rows[Number(row?.dataset.index ?? Number.NaN)];
  const cell = event.target.closest<HTMLElement>('td[data-label]');
  const label = cell?.dataset.label;
  if (label !== undefined && log !== undefined) {
    setting.onFilter(label, logLabel(log, label), event.altKey, isParsedLabel(log, label));
  } else if (log !== undefined) {
    onOpen(log);
  }
}
