import { X } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { type SpanGroup, spanGroups } from '../model/span-groups.ts';
import type { TraceModel } from '../model/trace-model.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { SortedTable } from './sorted-table.tsx';
import { groupColumns, spanColumns } from './span-columns.tsx';

const GROUPS_MIN_PX = 860;
const SPANS_MIN_PX = 680;

/** The rows of a group; without one, of all spans; with a search, only its matches. */
function rowsOf(model: TraceModel, group: SpanGroup | undefined, matches: Int32Array | undefined): readonly number[] {
  const rows = matches === undefined ? Array.from({ length: model.count }, (_, row) => row) : [...matches];
  return group === undefined
    ? rows
    : rows.filter((row) => model.service[row] === group.service && model.name[row] === group.name);
}

/** The spans of a trace as a table: by service and operation, or one by one. */
export function SpanTable({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { model, search, cursor, open } = explorer;
  const [shown, setShown] = useState<'groups' | 'spans'>('groups');
  const [group, setGroup] = useState<SpanGroup>();
  const matches = search.text.trim() === '' ? undefined : search.matches;
  const groups = useMemo(() => spanGroups(model, 'operation'), [model]);
  const rows = useMemo(() => rowsOf(model, group, matches), [model, group, matches]);
  const shownGroups = useMemo(() => {
    if (matches === undefined) {
      return groups;
    }
    const found = new Set(Array.from(matches, (row) => `${model.service[row]} ${model.name[row]}`));
    return groups.filter(({ service, name }) => found.has(`${service} ${name}`));
  }, [model, groups, matches]);
  const columns = useMemo(() => ({ groups: groupColumns(model), spans: spanColumns(model) }), [model]);
  const show = (next: 'groups' | 'spans', of?: SpanGroup): void => {
    setShown(next);
    setGroup(of);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-1 border-line border-b px-2 py-1">
        <Button size="sm" variant="ghost" aria-pressed={shown === 'groups'} onClick={() => show('groups')}>
          By operation
        </Button>
        <Button size="sm" variant="ghost" aria-pressed={shown === 'spans'} onClick={() => show('spans', group)}>
          Each span
        </Button>
        {group === undefined ? null : (
          <Button size="sm" title="Show all spans" onClick={() => show('spans')}>
            {model.services[group.service]}: {model.names[group.name]}
            <X aria-hidden />
          </Button>
        )}
        <p role="status" className="ml-auto px-1 text-subtle text-xs tabular-nums">
          {shown === 'groups'
            ? `${formatCount(shownGroups.length)} ${shownGroups.length === 1 ? 'operation' : 'operations'}`
            : `${formatCount(rows.length)} ${rows.length === 1 ? 'span' : 'spans'}`}
        </p>
      </div>
      {shown === 'groups' ? (
        <SortedTable
          key="groups"
          label="Operations"
          columns={columns.groups}
          rows={shownGroups}
          first="self"
          minWidthPx={GROUPS_MIN_PX}
          rowId={({ service, name }) => `${service} ${name}`}
          onOpen={(each) => show('spans', each)}
        />
      ) : (
        <SortedTable
          key="spans"
          label="Spans"
          columns={columns.spans}
          rows={rows}
          first="duration"
          minWidthPx={SPANS_MIN_PX}
          rowId={String}
          isChosen={(row) => row === cursor.row}
          onOpen={open}
        />
      )}
    </div>
  );
}
