import { AUDIT_ROUTES, type AuditEntryView } from '@aegisguard/model';
import { FileClock, SearchX } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useOrgId } from '../../app/use-org-id.ts';
import { callRoute } from '../../lib/call-route.ts';
import { formatCount } from '../../lib/number-format.ts';
import { useAddressView } from '../../lib/use-address-view.ts';
import { useCursorList } from '../../lib/use-cursor-list.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { auditColumns } from './audit-columns.tsx';
import { AuditFilterChips, AuditFilterFields } from './audit-filters.tsx';
import { type AuditView, askedEntries, isFiltered, NO_FILTERS, parseAuditView, printAuditView } from './audit-view.ts';
import { EntryDetail } from './entry-detail.tsx';
import { ExportError, ExportMenu, useAuditExport } from './export-menu.tsx';
import { VerifySection } from './verify-section.tsx';

const PAGE_ENTRIES = 100;

function NoEntries({ view, onClear }: { readonly view: AuditView; readonly onClear: () => void }): ReactNode {
  if (!isFiltered(view)) {
    return (
      <EmptyState icon={FileClock} title="Nobody changed anything in this time range">
        Every change of people, roles, keys, settings and views is written here with who did it, from where, and what it
        was before.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={view.seq === undefined ? 'No entry under these filters' : `There is no entry ${formatCount(view.seq)}`}
      action={<Button onClick={onClear}>Clear the filters</Button>}
    />
  );
}

/** Who changed what, and whether that record is whole. */
export function AuditPage(): ReactNode {
  const orgId = useOrgId();
  const { view, change } = useAddressView(parseAuditView, printAuditView);
  const [open, setOpen] = useState<AuditEntryView>();
  const { range } = view;
  const query = JSON.stringify([view.action, view.actor, view.target, view.text, view.seq]);
  const run = useRun(
    useMemo(() => ({ query, range, refresh: 0 as const }), [query, range]),
    orgId,
    false,
  );
  const asked = askedEntries(view, run.range);
  const list = useCursorList({
    queryKey: ['audit', orgId, run.id],
    keepsRows: true,
    readPage: (cursor, signal) =>
      callRoute(AUDIT_ROUTES.listAudit, {
        query: { ...asked, limit: PAGE_ENTRIES, ...(cursor === null ? {} : { cursor }) },
        orgId,
        signal,
      }),
  });
  const exporting = useAuditExport(orgId, asked);
  const columns = useMemo(() => auditColumns(setOpen), []);
  useHotkeys({ r: run.refresh });
  return (
    <>
      <VerifySection orgId={orgId} />
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-start justify-between gap-2">
          <AuditFilterFields filters={view} change={change} />
          <div className="flex gap-1.5 max-sm:w-full max-sm:justify-end">
            <TimePicker
              range={range}
              resolved={run.range}
              onChange={(chosen) => change({ range: chosen, seq: undefined })}
            />
            <ExportMenu exporting={exporting} />
          </div>
        </div>
        <AuditFilterChips filters={view} entries={list.rows ?? []} change={change} />
        <ExportError exporting={exporting} />
      </div>
      <div className="rounded-lg border border-line bg-surface">
        <DataTable
          label="Audit log"
          columns={columns}
          list={list}
          rowId={({ id }) => id}
          empty={<NoEntries view={view} onClear={() => change(NO_FILTERS)} />}
        />
      </div>
      {open === undefined ? null : (
        <EntryDetail
          entry={open}
          onFilter={(filters) => {
            setOpen(undefined);
            change({ ...NO_FILTERS, ...filters });
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
