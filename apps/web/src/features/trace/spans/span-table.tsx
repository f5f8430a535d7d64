import { X } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { type SpanGroup, spanGroups } from '../model/span-groups.ts';
import type { TraceModel } from '../model/trace-model.ts';
import { spanName } from '../span-name.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { SortedTable } from './sorted-table.tsx';
import { groupColumns, spanColumns } from './span-columns.tsx';

const GROUPS_MIN_PX = 860;
const SPANS_MIN_PX = 680;

/** What the table is narrowed to, by name: numbers of services and operations are other ones once the trace is read again. */
interface Narrowed {
  readonly service: string | undefined;
  readonly operation: string | undefined;
}

/** Tells whether a service and an operation, as the model numbers them, are meant. */
function isIn({ services, names }: TraceModel, { service, operation }: Narrowed) {
  const ofService = service === undefined ? undefined : services.indexOf(service);
  const ofOperation = operation === undefined ? undefined : names.indexOf(operation);
  return (eachService: number | undefined, eachName: number | undefined): boolean =>
    (ofService === undefined || ofService === eachService) && (ofOperation === undefined || ofOperation === eachName);
}

/** The rows that are meant; with a search, only its matches. */
function rowsOf(model: TraceModel, narrowed: Narrowed, matches: Int32Array | undefined): readonly number[] {
  const rows = matches === undefined ? Array.from({ length: model.count }, (_, row) => row) : [...matches];
  const isMeant = isIn(model, narrowed);
  return rows.filter((row) => isMeant(model.service[row], model.name[row]));
}

/** The groups of a service, or all; with a search, only those of its matches. */
function groupsOf(
  model: TraceModel,
  groups: readonly SpanGroup[],
  service: string | undefined,
  matches: Int32Array | undefined,
): readonly SpanGroup[] {
  const isMeant = isIn(model, { service, operation: undefined });
  const found =
    matches === undefined
      ? undefined
      : new Set(Array.from(matches, (row) => `${model.service[row]} ${model.name[row]}`));
  return groups.filter(
    (group) => isMeant(group.service, group.name) && found?.has(`${group.service} ${group.name}`) !== false,
  );
}

/** The spans of a trace as a table: by service and operation, or one by one. */
export function SpanTable({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { model, search, cursor, open, view, change } = explorer;
  const { service } = view;
  const [shown, setShown] = useState<'groups' | 'spans'>('groups');
  const [operation, setOperation] = useState<Narrowed>();
  const matches = search.text.trim() === '' ? undefined : search.matches;
  const groups = useMemo(() => spanGroups(model, 'operation'), [model]);
  const rows = useMemo(
    () => rowsOf(model, operation ?? { service, operation: undefined }, matches),
    [model, operation, service, matches],
  );
  const shownGroups = useMemo(() => groupsOf(model, groups, service, matches), [model, groups, service, matches]);
  const columns = useMemo(() => ({ groups: groupColumns(model), spans: spanColumns(model) }), [model]);
  const show = (next: 'groups' | 'spans', of?: Narrowed): void => {
    setShown(next);
    setOperation(of);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-1 border-line border-b px-2 py-1">
        <Button size="sm" variant="ghost" aria-pressed={shown === 'groups'} onClick={() => show('groups')}>
          By operation
        </Button>
        <Button size="sm" variant="ghost" aria-pressed={shown === 'spans'} onClick={() => show('spans', operation)}>
          Each span
        </Button>
        {service === undefined ? null : (
          <Button size="sm" title="Show all services" onClick={() => change({ service: undefined })}>
            {spanName(service)}
            <X aria-hidden />
          </Button>
        )}
        {operation === undefined ? null : (
          <Button size="sm" title="Show all operations" onClick={() => show('spans')}>
            {spanName(operation.service)}: {spanName(operation.operation)}
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
          rowId={(group) => `${group.service} ${group.name}`}
          isChosen={(group) =>
            cursor.row !== undefined &&
            group.service === model.service[cursor.row] &&
            group.name === model.name[cursor.row]
          }
          onOpen={(group) =>
            show('spans', { service: model.services[group.service], operation: model.names[group.name] })
          }
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
