import { MFA_ROUTES } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { ProofDialog } from './proof-dialog.tsx';
import { useRefreshMfaState } from './use-mfa-state.ts';

/** Turns one-time codes off. */
export function TurnOffDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const refresh = useRefreshMfaState();
  return (
    <ProofDialog
      isDanger
      title="Turn the authenticator application off?"
      description="Its codes stop working. Without a passkey, your password alone will let you in, and your recovery codes end."
      action={{ label: 'Turn off', pendingLabel: 'Turning off…' }}
      onProof={async (code) => {
        await callRoute(MFA_ROUTES.disableMfa, { body: { code } });
        announce('The authenticator application is turned off.');
        await refresh();
      }}
      onClose={onClose}
    />
  );
}
