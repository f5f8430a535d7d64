import type { JsonValue } from '@aegisguard/model';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useContext, useRef, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { copyText } from '../../../lib/copy-text.ts';
import { type ColumnToggle, ColumnToggleContext } from './column-toggle.ts';
import { clipboardText, type JsonKind, type JsonPath, jsonPathText } from './json-tree.ts';
import type { FieldFilter } from './log-fields.ts';
import { ValueActions } from './value-actions.tsx';
import { ValueText } from './value-text.tsx';

/** One line of a tree of values. */
export interface ValueRow {
  readonly id: string;
  readonly name: string;
  /** From the record's root. */
  readonly path: JsonPath;
  readonly value: JsonValue;
  readonly kind: JsonKind;
  readonly depth: number;
  readonly size: number;
  readonly isOpen: boolean;
  readonly place: number;
  readonly siblings: number;
  readonly filter: FieldFilter | undefined;
}

/** Narrows the query to a value, or excludes it; a label that the query's pipeline made can only be compared behind it. */
export type OnFilter = (label: string, value: string, exclude: boolean, isParsed?: boolean) => void;

interface ValueTreeProps {
  readonly label: string;
  readonly rows: readonly ValueRow[];
  /** `fields` lines names and values up in two columns, `json` indents as JSON does. */
  readonly layout: 'fields' | 'json';
  readonly onToggle: (id: string) => void;
  readonly onFilter: OnFilter;
}

/** The row that an arrow key leads to. */
function nextIndex(key: string, at: number, rows: readonly ValueRow[]): number | undefined {
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      return row?.isOpen === true ? at + 1 : undefined;
    case 'ArrowLeft':
      return row === undefined || row.isOpen
        ? undefined
        : rows.findLastIndex((each, index) => index < at && each.depth < row.depth);
    default:
      return undefined;
  }
}

/** Does what a letter key asks of a row; false when it asks nothing. */
function actOn(
  key: string,
  row: ValueRow,
  { onToggle, onFilter }: ValueTreeProps,
  columns: ColumnToggle | undefined,
): boolean {
  const opens = row.size > 0 && (key === 'Enter' || key === ' ' || (key === 'ArrowRight') !== row.isOpen);
  if (opens && ['Enter', ' ', 'ArrowRight', 'ArrowLeft'].includes(key)) {
    onToggle(row.id);
  } else if ((key === 'f' || key === 'x') && row.filter !== undefined) {
    onFilter(row.filter.label, row.filter.value, key === 'x', row.filter.isParsed);
  } else if (key === 't' && row.filter !== undefined && columns !== undefined) {
    columns.toggle(row.filter.label);
  } else if (key === 'c') {
    void copyText(clipboardText(row.value));
  } else if (key === 'p') {
    void copyText(jsonPathText(row.path));
  } else {
    return false;
  }
  return true;
}

/** Values by name, one tab stop: arrow keys move and open, f filters, x excludes, t shows a column, c copies the value, p its path. */
export function ValueTree(props: ValueTreeProps): ReactNode {
  const { label, rows, layout, onToggle, onFilter } = props;
  const columns = useContext(ColumnToggleContext);
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, rows.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[current];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const next = nextIndex(event.key, current, rows);
    if (next !== undefined && next >= 0) {
      setActive(next);
      list.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[next]?.focus();
    } else if (!actOn(event.key, row, props, columns)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="tree" aria-label={label} onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        <div
          key={row.id}
          role="treeitem"
          tabIndex={index === current ? 0 : -1}
          aria-level={row.depth + 1}
          aria-posinset={row.place}
          aria-setsize={row.siblings}
          aria-expanded={row.size > 0 && layout === 'json' ? row.isOpen : undefined}
          aria-selected={index === current}
          className="group relative flex min-h-6 items-start rounded-[3px] py-0.5 pr-1 font-mono text-xs leading-5 hover:bg-hover"
          style={layout === 'json' ? { paddingLeft: row.depth * 16 } : undefined}
          onFocus={() => setActive(index)}
        >
          {layout === 'json' ? <OpenMark row={row} onToggle={onToggle} /> : null}
          <span
            className={classNames(
              'shrink-0 text-syntax-label',
              layout === 'fields' ? 'w-2/5 max-w-52 break-words pr-3 pl-2 [overflow-wrap:anywhere]' : 'pr-1',
            )}
          >
            {row.name}
            {layout === 'json' ? <span className="text-subtle">:</span> : null}
          </span>
          <ValueText row={row} isJson={layout === 'json'} />
          <ValueActions row={row} onFilter={onFilter} />
        </div>
      ))}
    </div>
  );
}

function OpenMark({ row, onToggle }: { readonly row: ValueRow; readonly onToggle: (id: string) => void }): ReactNode {
  if (row.size === 0) {
    return <span className="w-5 shrink-0" />;
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${row.isOpen ? 'Close' : 'Open'} ${row.name}`}
      className="flex size-5 shrink-0 items-center justify-center rounded text-subtle hover:bg-line hover:text-text"
      onClick={() => onToggle(row.id)}
    >
      <ChevronRight aria-hidden className={classNames('size-3.5 transition-transform', row.isOpen && 'rotate-90')} />
    </button>
  );
}
