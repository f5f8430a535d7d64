import type { Dashboard, DashboardSummary } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Copy, Download, FilePlus2, Gauge, LayoutDashboard, Plus, Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { PageHeader } from '../../../app/page-header.tsx';
import { dashboardPath } from '../../../app/paths.ts';
import { useMay } from '../../../app/use-may.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { announce } from '../../../lib/announcements.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { useAddressView } from '../../../lib/use-address-view.ts';
import { Button } from '../../../ui/button.tsx';
import { type DataColumn, DataTable } from '../../../ui/data-table.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../ui/dropdown-menu.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterChip } from '../../../ui/filter-chip.tsx';
import { FilterInput } from '../../../ui/filter-input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import type { RowAction } from '../../../ui/row-menu.tsx';
import { dashboardsKey, duplicateDashboard, useDashboards } from '../dashboards-api.ts';
import { type DashboardsView, parseDashboardsView, printDashboardsView } from './dashboards-view.ts';
import { DeleteDashboardDialog } from './delete-dashboard-dialog.tsx';

// The list can be read without forms, so their code comes after it.
const NewDashboardDialog = lazy(async () => ({
  default: (await import('./new-dashboard-dialog.tsx')).NewDashboardDialog,
}));
const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }));
const RedTemplateDialog = lazy(async () => ({
  default: (await import('./red-template-dialog.tsx')).RedTemplateDialog,
}));

type OpenDialog =
  | { readonly what: 'new' | 'import' | 'red' }
  | { readonly what: 'delete'; readonly dashboard: DashboardSummary };

function Tags({ tags, onTag }: { readonly tags: readonly string[]; readonly onTag: (tag: string) => void }): ReactNode {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          title={`Only with the tag ${tag}`}
          className="h-5 max-w-40 truncate rounded border border-line-strong bg-canvas px-1.5 font-medium text-2xs text-muted hover:bg-hover hover:text-text"
          onClick={() => onTag(tag)}
        >
          {tag}
        </button>
      ))}
    </span>
  );
}

function columnsFor(orgId: string, onTag: (tag: string) => void): readonly DataColumn<DashboardSummary>[] {
  return [
    {
      header: 'Title',
      cell: ({ id, title, description }) => (
        <div className="min-w-0">
          <Link to={dashboardPath(orgId, id)} className="font-medium text-text hover:text-accent hover:underline">
            {title}
          </Link>
          {description === '' ? null : <p className="line-clamp-1 max-w-prose text-subtle text-xs">{description}</p>}
        </div>
      ),
    },
    { header: 'Tags', cell: ({ tags }) => <Tags tags={tags} onTag={onTag} /> },
    { header: 'Panels', cell: ({ panelCount }) => panelCount, isNumber: true },
    {
      header: 'Changed',
      cell: ({ updatedAt, updatedByName }) => (
        <span className="text-muted">
          <RelativeTime time={updatedAt} />
          {updatedByName === null ? null : ` by ${updatedByName}`}
        </span>
      ),
    },
  ];
}

function NewMenu({ onChoose }: { readonly onChoose: (dialog: OpenDialog) => void }): ReactNode {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          New
          <ChevronDown aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => onChoose({ what: 'new' })}>
          <FilePlus2 aria-hidden />
          Empty dashboard…
        </MenuItem>
        <MenuItem onSelect={() => onChoose({ what: 'red' })}>
          <Gauge aria-hidden />
          From template: service RED…
        </MenuItem>
        <MenuItem onSelect={() => onChoose({ what: 'import' })}>
          <Download aria-hidden />
          Import from Grafana…
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

function Dialogs({
  orgId,
  dialog,
  onClose,
}: {
  readonly orgId: string;
  readonly dialog: OpenDialog | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const reread = (): void => void client.invalidateQueries({ queryKey: dashboardsKey(orgId, 'list') });
  const open = (id: string): void => void navigate(dashboardPath(orgId, id));
  const onMade = (dashboard: Dashboard): void => {
    reread();
    open(dashboard.id);
  };
  switch (dialog?.what) {
    case 'new':
      return <NewDashboardDialog orgId={orgId} onMade={onMade} onClose={onClose} />;
    case 'red':
      return <RedTemplateDialog orgId={orgId} onMade={onMade} onClose={onClose} />;
    case 'import':
      return <ImportDialog orgId={orgId} onImported={reread} onOpen={open} onClose={onClose} />;
    case 'delete':
      return <DeleteDashboardDialog orgId={orgId} dashboard={dialog.dashboard} onDeleted={onClose} onClose={onClose} />;
    default:
      return null;
  }
}

function Nothing({
  isFiltered,
  mayWrite,
  onAll,
  onChoose,
}: {
  readonly isFiltered: boolean;
  readonly mayWrite: boolean;
  readonly onAll: () => void;
  readonly onChoose: (dialog: OpenDialog) => void;
}): ReactNode {
  return isFiltered ? (
    <EmptyState
      icon={LayoutDashboard}
      title="No dashboard under this filter"
      action={<Button onClick={onAll}>Show all dashboards</Button>}
    />
  ) : (
    <EmptyState
      icon={LayoutDashboard}
      title="No dashboards yet"
      action={
        mayWrite ? (
          <>
            <Button variant="primary" onClick={() => onChoose({ what: 'red' })}>
              Start from a template
            </Button>
            <Button onClick={() => onChoose({ what: 'new' })}>Empty dashboard</Button>
            <Button onClick={() => onChoose({ what: 'import' })}>Import from Grafana</Button>
          </>
        ) : undefined
      }
    >
      A dashboard shows metrics and logs side by side, for everyone in the organization.
    </EmptyState>
  );
}

/** The organization's dashboards. */
export function DashboardsPage(): ReactNode {
  const orgId = useOrgId();
  const client = useQueryClient();
  const mayWrite = useMay(orgId).may('dashboards:write');
  const { view, change: changeView } = useAddressView(parseDashboardsView, printDashboardsView);
  const change = (part: Partial<DashboardsView>): void => changeView(part, true);
  const list = useDashboards(orgId, view);
  const [dialog, setDialog] = useState<OpenDialog>();
  const copying = useMutation({
    mutationFn: (id: string) => duplicateDashboard(orgId, id),
    onSuccess: ({ title }) => {
      announce(`“${title}” is made.`);
      void client.invalidateQueries({ queryKey: dashboardsKey(orgId, 'list') });
    },
  });
  const actionsOf = (dashboard: DashboardSummary): readonly RowAction[] => [
    { label: 'Duplicate', icon: Copy, onSelect: () => copying.mutate(dashboard.id) },
    { label: 'Delete…', icon: Trash2, isDanger: true, onSelect: () => setDialog({ what: 'delete', dashboard }) },
  ];
  const copyError = copying.error === null ? undefined : asApiError(copying.error);
  return (
    <>
      <PageHeader title="Dashboards">
        <FilterInput
          label="Search titles and tags"
          value={view.q}
          className="md:w-56"
          onFilter={(q) => change({ q })}
        />
        {mayWrite ? <NewMenu onChoose={setDialog} /> : null}
      </PageHeader>
      <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto bg-surface">
        {view.tag === undefined ? null : (
          <div className="flex px-4 pt-3">
            <FilterChip label="Tag" value={view.tag} onRemove={() => change({ tag: undefined })} />
          </div>
        )}
        {copyError === undefined ? null : (
          <Notice kind="error" className="m-4">
            {copyError.title}. {copyError.detail}
          </Notice>
        )}
        <DataTable
          label="Dashboards"
          columns={columnsFor(orgId, (tag) => change({ tag }))}
          list={list}
          rowId={({ id }) => id}
          rowName={({ title }) => title}
          {...(mayWrite ? { rowActions: actionsOf } : {})}
          empty={
            <Nothing
              isFiltered={view.q !== undefined || view.tag !== undefined}
              mayWrite={mayWrite}
              onAll={() => change({ q: undefined, tag: undefined })}
              onChoose={setDialog}
            />
          }
        />
      </div>
      <Suspense fallback={null}>
        <Dialogs orgId={orgId} dialog={dialog} onClose={() => setDialog(undefined)} />
      </Suspense>
    </>
  );
}
