import type { LogView } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { logNames } from '../query/log-names.ts';
import { columnTitle } from '../table/columns.ts';
import { labelNamesOf } from '../table/log-label.ts';
import {
  COLUMNS_MAX,
  type ColumnSetting,
  DEFAULT_COLUMNS,
  moveColumn,
  printColumns,
  resizeColumn,
  toggleColumn,
} from '../view/view-columns.ts';
import type { ColumnsControl, EditColumns } from './use-columns.ts';

/** What the choice of columns must know. */
export interface ColumnsPanelProps {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly columns: readonly ColumnSetting[];
  /** What was found: its labels are offered first. */
  readonly rows: readonly LogView[];
  readonly onChange: ColumnsControl['change'];
}

/** Logs whose labels are offered; those of more would hardly be others. */
const LOOKED_AT_ROWS = 100;

/** Labels that are listed; a search finds the others. */
const LISTED_MAX = 60;

/** A press of an arrow key changes a width by so much. */
const WIDTH_STEP_PX = 16;
const USUAL_WIDTH_PX = 148;

function ShownColumn({
  column: { name, widthPx },
  place,
  hintId,
  columns,
  onChange,
}: {
  readonly column: ColumnSetting;
  readonly place: number;
  readonly hintId: string;
} & Pick<ColumnsPanelProps, 'columns' | 'onChange'>): ReactNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    const edit = editOf(event, name, place, widthPx ?? USUAL_WIDTH_PX);
    if (edit !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      onChange(edit);
    }
  };
  return (
    <li className="flex h-8 items-center rounded-md pr-0.5 hover:bg-hover">
      <button
        type="button"
        aria-describedby={hintId}
        title="Click for the usual width"
        className="flex h-full min-w-0 flex-1 items-baseline gap-2 rounded-md px-2 text-left text-sm leading-8"
        onKeyDown={onKeyDown}
        onClick={() => onChange((all) => all.map((column) => (column.name === name ? { name } : column)))}
      >
        <span className="truncate">{columnTitle(name)}</span>
        {widthPx === undefined ? null : <span className="text-2xs text-subtle tabular-nums">{widthPx} px</span>}
      </button>
      <IconButton
        label={`Move ${name} left`}
        size="icon-sm"
        disabled={place === 0}
        onClick={() => onChange((all) => moveColumn(all, name, place - 1))}
      >
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${name} right`}
        size="icon-sm"
        disabled={place === columns.length - 1}
        onClick={() => onChange((all) => moveColumn(all, name, place + 1))}
      >
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label={`Hide ${name}`} size="icon-sm" onClick={() => onChange((all) => toggleColumn(all, name))}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

/** What a key does with a column. */
function editOf({ key, altKey }: KeyboardEvent, name: string, place: number, widthPx: number): EditColumns | undefined {
  if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    return (all) => moveColumn(all, name, place + (key === 'ArrowUp' ? -1 : 1));
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    return (all) => resizeColumn(all, name, widthPx + (key === 'ArrowLeft' ? -WIDTH_STEP_PX : WIDTH_STEP_PX));
  }
  return key === 'Delete' ? (all) => toggleColumn(all, name) : undefined;
}

/** Labels that could be columns, those of the logs in sight first. */
function useOffered({ orgId, range, columns, rows }: ColumnsPanelProps, search: string): readonly string[] {
  const { data: known } = useQuery({
    queryKey: ['logs', 'labels', orgId],
    queryFn: () => logNames(orgId, () => range).labels(),
    staleTime: 60_000,
  });
  return useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const all = new Set([...labelNamesOf(rows.slice(0, LOOKED_AT_ROWS)), ...(known ?? [])]);
    return [...all].filter(
      (name) => name.toLowerCase().includes(wanted) && !columns.some((column) => column.name === name),
    );
  }, [search, rows, known, columns]);
}

/** Chooses the labels that are columns, their order and their widths. */
export function ColumnsPanel(props: ColumnsPanelProps): ReactNode {
  const { columns, onChange } = props;
  const [search, setSearch] = useState('');
  const hintId = useId();
  const offered = useOffered(props, search);
  const isFull = columns.length >= COLUMNS_MAX;
  return (
    <div className="flex max-h-[min(34rem,70vh)] flex-col">
      <div className="flex items-center justify-between pt-2 pr-2 pl-3">
        <h2 className="font-medium text-sm">Columns</h2>
        {printColumns(columns) === printColumns(DEFAULT_COLUMNS) ? null : (
          <Button variant="ghost" size="sm" onClick={() => onChange(() => DEFAULT_COLUMNS)}>
            Reset
          </Button>
        )}
      </div>
      <ol aria-label="Shown columns" className="scrollbar-slim max-h-44 shrink-0 overflow-y-auto px-1 pt-1">
        {columns.map((column, place) => (
          <ShownColumn
            key={column.name}
            column={column}
            place={place}
            hintId={hintId}
            columns={columns}
            onChange={onChange}
          />
        ))}
      </ol>
      <p id={hintId} className="px-3 pt-1 pb-2 text-2xs text-subtle">
        Alt ↑ ↓ moves, ← → changes the width, Delete hides.
      </p>
      <div className="border-line border-t px-2 pt-2 pb-1">
        <Input
          type="search"
          data-autofocus
          aria-label="Search labels"
          placeholder="Add a label as a column"
          autoComplete="off"
          spellCheck={false}
          className="h-7 text-xs"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          onKeyDown={({ key }) => {
            const [first] = offered;
            if (key === 'Enter' && first !== undefined && !isFull) {
              onChange((all) => toggleColumn(all, first));
              setSearch('');
            }
          }}
        />
      </div>
      <ul aria-label="Labels" className="scrollbar-slim min-h-24 flex-1 overflow-y-auto px-1 pb-1">
        {offered.slice(0, LISTED_MAX).map((name) => (
          <li key={name}>
            <button
              type="button"
              disabled={isFull}
              className="group flex h-7 w-full min-w-0 items-center gap-1.5 rounded-md px-2 text-left font-mono text-xs hover:bg-hover disabled:opacity-50"
              onClick={() => onChange((all) => toggleColumn(all, name))}
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <Plus aria-hidden className="size-3.5 shrink-0 text-subtle group-hover:text-text" />
            </button>
          </li>
        ))}
        {offered.length === 0 ? <li className="px-2 py-1 text-subtle text-xs">No label is called so.</li> : null}
        {offered.length > LISTED_MAX ? (
          <li className="px-2 py-1 text-subtle text-xs">{offered.length - LISTED_MAX} more; search for them.</li>
        ) : null}
      </ul>
    </div>
  );
}
