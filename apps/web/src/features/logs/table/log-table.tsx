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
import { LogRow, type RowSetting } from './log-row.tsx';
import { LogTableHeader } from './log-table-header.tsx';
import { useLogVirtualizer } from './use-log-virtualizer.ts';

/** How near the end of the loaded rows the next page is asked for. */
const LOAD_AHEAD_ROWS = 400;

/** Width of everything left of the message, for guessing wrapped heights. */
const OTHER_COLUMNS_PX = 420;

/** What a page can ask of its table. */
export interface LogTableHandle {
  readonly focus: () => void;
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
  readonly onMove: (by: 1 | -1) => void;
  readonly onOpenSelected: () => void;
  readonly onNearEnd: () => void;
  readonly onScrolled: (isAtTop: boolean) => void;
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
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const virtualizer = useLogVirtualizer(rows, scroller, setting, Math.max(240, width - OTHER_COLUMNS_PX));
  const items = virtualizer.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;

  useImperativeHandle(props.ref, () => ({ focus: () => grid.current?.focus({ preventScroll: true }) }));
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - LOAD_AHEAD_ROWS) {
      onNearEnd();
    }
  }, [rows.length, lastDrawn, onNearEnd]);
  useOnChange(`${question} ${direction}`, () => scroller.current?.scrollTo({ top: 0 }));
  useEffect(() => {
    if (selectedIndex >= 0) {
      virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
    }
  }, [selectedIndex, virtualizer]);
  useOnChange(`${setting.wrap} ${setting.isNarrow} ${setting.wrap ? width : 0}`, () => virtualizer.measure());

  return (
    <div
      ref={(element) => {
        scroller.current = element;
        return measure(element);
      }}
      className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto overflow-x-hidden bg-surface [overflow-anchor:none] has-[>table:focus-visible]:outline-2 has-[>table:focus-visible]:outline-focus has-[>table:focus-visible]:-outline-offset-2"
      onScroll={(event) => props.onScrolled(event.currentTarget.scrollTop < 1)}
    >
      <table
        ref={grid}
        {...gridRole(selectedIndex)}
        aria-label="Logs"
        aria-rowcount={rows.length + 1}
        aria-busy={isStale}
        className="block outline-none"
        onKeyDown={(event) => onGridKey(event, props)}
        onClick={(event) => onGridClick(event, props)}
      >
        <LogTableHeader
          columns={setting.columns}
          template={setting.template}
          direction={direction}
          isHidden={setting.isNarrow}
          onTurn={props.onTurn}
        />
        <tbody
          className={classNames('relative block transition-opacity duration-150', isStale && 'opacity-50')}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map((item) => {
            const log = rows[item.index];
            return log === undefined ? null : (
              <LogRow
                key={item.index}
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
      </table>
      {props.footer}
    </div>
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

function onGridClick(event: MouseEvent, { rows, onOpen }: LogTableProps): void {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tbody > tr') : null;
  const log = rows[Number(row?.dataset.index ?? Number.NaN)];
  // A click that ends a selection of text is no wish to open anything.
  if (log !== undefined && (getSelection()?.isCollapsed ?? true)) {
    onOpen(log);
  }
}
