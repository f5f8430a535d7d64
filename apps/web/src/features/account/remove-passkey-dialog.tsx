import { MFA_ROUTES } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Passkey } from './passkeys-section.tsx';
import { useRefreshMfaState } from './use-mfa-state.ts';

/** Removes a passkey. */
export function RemovePasskeyDialog({
  passkey: { id, name },
  onClose,
}: {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}): ReactNode {
  const refresh = useRefreshMfaState();
  const removal = useMutation({
    mutationFn: () => callRoute(MFA_ROUTES.removePasskey, { params: { id } }),
    onSuccess: async () => {
      await refresh();
      announce(`The passkey “${name}” is removed.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Remove the passkey “${name}”?`}
      action={{ label: 'Remove', pendingLabel: 'Removing…' }}
      isPending={removal.isPending}
      error={removal.error === null ? undefined : asApiError(removal.error)}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      It can no longer be used to sign in here. Your device may go on offering it until you delete it there, too.
    </ConfirmDialog>
  );
}
