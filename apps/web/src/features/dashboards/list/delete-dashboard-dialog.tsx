import { DASHBOARD_ROUTES } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { announce } from '../../../lib/announcements.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { dashboardsKey } from '../dashboards-api.ts';

/** Asks before a dashboard goes, with all that it ever was. */
export function DeleteDashboardDialog({
  orgId,
  dashboard,
  onDeleted,
  onClose,
}: {
  readonly orgId: string;
  readonly dashboard: { readonly id: string; readonly title: string };
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const client = useQueryClient();
  const removal = useMutation({
    mutationFn: () => callRoute(DASHBOARD_ROUTES.deleteDashboard, { params: { id: dashboard.id }, orgId }),
    onSuccess: () => {
      announce(`The dashboard “${dashboard.title}” is deleted.`);
      onDeleted();
      client.removeQueries({ queryKey: dashboardsKey(orgId, 'one', dashboard.id) });
      void client.invalidateQueries({ queryKey: dashboardsKey(orgId, 'list') });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete the dashboard “${dashboard.title}”?`}
      action={{ label: 'Delete dashboard', pendingLabel: 'Deleting…' }}
      isPending={removal.isPending}
      error={removal.error === null ? undefined : asApiError(removal.error)}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      It is gone for everyone in the organization, with all its versions. The data that it shows stays.
    </ConfirmDialog>
  );
}
