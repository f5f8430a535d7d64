import { PEOPLE_ROUTES, type RoleView } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before a role is deleted. */
export function DeleteRoleDialog({
  orgId,
  role,
  onDeleted,
  onClose,
}: {
  readonly orgId: string;
  readonly role: RoleView;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const deleting = useMutation({
    mutationFn: () => callRoute(PEOPLE_ROUTES.deleteRole, { params: { id: role.id }, orgId }),
    onSuccess: () => {
      announce(`The role “${role.name}” was deleted.`);
      onDeleted();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete the role “${role.name}”?`}
      action={{ label: 'Delete', pendingLabel: 'Deleting…' }}
      isPending={deleting.isPending}
      error={deleting.error === null ? undefined : asApiError(deleting.error)}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      <p>
        Its name and its {role.permissions.length} permissions are gone for good. Nobody has it, so nobody loses
        anything.
      </p>
    </ConfirmDialog>
  );
}
