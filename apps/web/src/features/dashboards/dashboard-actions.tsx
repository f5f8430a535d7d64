import type { Dashboard } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Braces, Copy, History, Maximize, Pencil, Save, Settings2, Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { dashboardPath, dashboardsPath } from '../../app/paths.ts';
import { useMay } from '../../app/use-may.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import type { TimeRange } from '../../lib/time-range.ts';
import { Button } from '../../ui/button.tsx';
import { type RowAction, RowMenu } from '../../ui/row-menu.tsx';
import { dashboardQuery, dashboardsKey, duplicateDashboard } from './dashboards-api.ts';
import type { DashboardLook } from './panels/dashboard-look.ts';
import type { DraftControl } from './use-dashboard-draft.ts';

// A dashboard can be looked at without any of these.
const SaveDialog = lazy(async () => ({ default: (await import('./save/save-dialog.tsx')).SaveDialog }));
const SettingsDialog = lazy(async () => ({ default: (await import('./settings/settings-dialog.tsx')).SettingsDialog }));
const JsonDialog = lazy(async () => ({ default: (await import('./json-dialog.tsx')).JsonDialog }));
const VersionsDialog = lazy(async () => ({ default: (await import('./versions/versions-dialog.tsx')).VersionsDialog }));
const DeleteDashboardDialog = lazy(async () => ({
  default: (await import('./list/delete-dashboard-dialog.tsx')).DeleteDashboardDialog,
}));

type OpenDialog = 'save' | 'settings' | 'json' | 'versions' | 'delete';

interface ActionsProps {
  readonly orgId: string;
  readonly dashboard: Dashboard;
  readonly control: DraftControl;
  readonly look: DashboardLook;
  /** What is looked at now, for the settings to take over. */
  readonly range: TimeRange;
  readonly onKiosk: () => void;
}

function Dialogs({
  dialog,
  onClose,
  ...props
}: ActionsProps & { readonly dialog: OpenDialog | undefined; readonly onClose: () => void }): ReactNode {
  const { orgId, dashboard, control, look, range } = props;
  const navigate = useNavigate();
  const client = useQueryClient();
  const take = (saved: Dashboard): void => {
    client.setQueryData(dashboardQuery(orgId, dashboard.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: dashboardsKey(orgId, 'list') });
    void client.invalidateQueries({ queryKey: dashboardsKey(orgId, 'versions', dashboard.id) });
  };
  const { draft } = control;
  switch (dialog) {
    case 'save':
      return draft === undefined ? null : (
        <SaveDialog
          orgId={orgId}
          draft={draft}
          onSaved={(saved) => {
            take(saved);
            control.end();
            onClose();
            announce(`“${saved.title}” is saved.`);
          }}
          onTheirs={(theirs) => {
            take(theirs);
            control.end();
            onClose();
          }}
          onClose={onClose}
        />
      );
    case 'settings':
      return draft === undefined ? null : (
        <SettingsDialog
          content={draft.content}
          look={look}
          range={range}
          onApply={(content) => {
            control.change(() => content);
            onClose();
          }}
          onClose={onClose}
        />
      );
    case 'json':
      return <JsonDialog content={draft?.content ?? dashboard} onClose={onClose} />;
    case 'versions':
      return (
        <VersionsDialog
          orgId={orgId}
          dashboard={dashboard}
          onRestored={(restored) => {
            take(restored);
            control.end();
            onClose();
            announce(`“${restored.title}” is as it was.`);
          }}
          onClose={onClose}
        />
      );
    case 'delete':
      return (
        <DeleteDashboardDialog
          orgId={orgId}
          dashboard={dashboard}
          onDeleted={() => {
            control.end();
            void navigate(dashboardsPath(orgId));
          }}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}

function EditButtons({
  control,
  dashboard,
  onDialog,
}: Pick<ActionsProps, 'control' | 'dashboard'> & { readonly onDialog: (dialog: OpenDialog) => void }): ReactNode {
  if (control.draft === undefined) {
    return (
      <Button onClick={() => control.start(dashboard)}>
        <Pencil aria-hidden />
        Edit
      </Button>
    );
  }
  return (
    <>
      <Button onClick={() => onDialog('settings')}>
        <Settings2 aria-hidden />
        <span className="max-sm:sr-only">Settings</span>
      </Button>
      <Button onClick={control.end}>{control.isDirty ? 'Discard' : 'Done'}</Button>
      <Button variant="primary" disabled={!control.isDirty} onClick={() => onDialog('save')}>
        <Save aria-hidden />
        Save
      </Button>
    </>
  );
}

/** Asks the browser for its full screen; one that gives none still shows the dashboard over the page. */
function enterFullscreen(): void {
  void document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/** What can be done with the dashboard as a whole, at the end of its top line. */
export function DashboardActions(props: ActionsProps): ReactNode {
  const { orgId, dashboard, control, onKiosk } = props;
  const mayWrite = useMay(orgId).may('dashboards:write');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<OpenDialog>();
  const copying = useMutation({
    mutationFn: () => duplicateDashboard(orgId, dashboard.id),
    onSuccess: (copy) => {
      announce(`“${copy.title}” is made.`);
      void client.invalidateQueries({ queryKey: dashboardsKey(orgId, 'list') });
      void navigate(dashboardPath(orgId, copy.id));
    },
    onError: (error) => announce(`The copy was not made. ${asApiError(error).title}.`),
  });
  const writing: readonly RowAction[] = mayWrite
    ? [
        { label: 'Duplicate', icon: Copy, onSelect: () => copying.mutate() },
        { label: 'Delete…', icon: Trash2, isDanger: true, onSelect: () => setDialog('delete') },
      ]
    : [];
  const actions: readonly RowAction[] = [
    {
      label: 'Full screen',
      icon: Maximize,
      onSelect: () => {
        enterFullscreen();
        onKiosk();
      },
    },
    { label: 'JSON and export…', icon: Braces, onSelect: () => setDialog('json') },
    { label: 'Versions…', icon: History, onSelect: () => setDialog('versions') },
    ...writing,
  ];
  return (
    <>
      {mayWrite ? <EditButtons control={control} dashboard={dashboard} onDialog={setDialog} /> : null}
      <RowMenu label={`Actions for ${dashboard.title}`} actions={actions} />
      <Suspense fallback={null}>
        <Dialogs {...props} dialog={dialog} onClose={() => setDialog(undefined)} />
      </Suspense>
    </>
  );
}
