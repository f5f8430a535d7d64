import { AUTH_ROUTES, type SessionView } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { signOut } from '../../app/sign-out.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

const ACTION = { label: 'Sign out', pendingLabel: 'Signing out…' } as const;

/** Ends one session; this one as the user menu does. */
export function EndSessionDialog({
  session: { id, current, device, ip, lastUsedAt },
  onClose,
}: {
  readonly session: SessionView;
  readonly onClose: () => void;
}): ReactNode {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const ending = useMutation({
    mutationFn: async () => {
      if (current) {
        await signOut(navigate);
        return;
      }
      await callRoute(AUTH_ROUTES.revokeSession, { params: { id } });
      await queryClient.invalidateQueries({ queryKey: ['sessions'] });
      announce(`${device} is signed out.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={current ? 'Sign out of this session?' : `Sign out ${device}?`}
      action={ACTION}
      isPending={ending.isPending}
      error={ending.error === null ? undefined : asApiError(ending.error)}
      onConfirm={() => ending.mutate()}
      onClose={onClose}
    >
      {current ? (
        'You are asked to sign in again here, in every tab.'
      ) : (
        <>
          It was last used <RelativeTime time={lastUsedAt} /> from {ip ?? 'an unknown address'}, and ends within
          seconds.
        </>
      )}
    </ConfirmDialog>
  );
}

/** Ends all sessions but this one. */
export function EndOthersDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const queryClient = useQueryClient();
  const ending = useMutation({
    mutationFn: async () => {
      await callRoute(AUTH_ROUTES.revokeOtherSessions, {});
      await queryClient.invalidateQueries({ queryKey: ['sessions'] });
      announce('All your other sessions are signed out.');
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Sign out everywhere else?"
      action={{ ...ACTION, label: 'Sign out all others' }}
      isPending={ending.isPending}
      error={ending.error === null ? undefined : asApiError(ending.error)}
      onConfirm={() => ending.mutate()}
      onClose={onClose}
    >
      Every session but this one ends within seconds, on every device.
    </ConfirmDialog>
  );
}
