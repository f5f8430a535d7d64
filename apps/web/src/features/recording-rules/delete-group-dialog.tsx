import { RULE_ROUTES, type RuleGroup } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before a group of rules is deleted. */
export function DeleteGroupDialog({
  orgId,
  group: { id, name, rules },
  onDeleted,
  onClose,
}: {
  readonly orgId: string;
  readonly group: RuleGroup;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const deleting = useMutation({
    mutationFn: () => callRoute(RULE_ROUTES.deleteRuleGroup, { params: { id }, orgId }),
    onSuccess: () => {
      announce(`The group “${name}” was deleted.`);
      onDeleted();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete the group “${name}”?`}
      action={{ label: 'Delete', pendingLabel: 'Deleting…' }}
      isPending={deleting.isPending}
      error={deleting.error === null ? undefined : asApiError(deleting.error)}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      <p>
        {rules.length === 1 ? 'Its rule is' : `Its ${rules.length} rules are`} gone for good. What they have recorded
        stays until its retention ends; dashboards that show it get nothing new.
      </p>
    </ConfirmDialog>
  );
}
