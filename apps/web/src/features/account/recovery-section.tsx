import { MFA_ROUTES, MfaProofRequest } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useRefreshMfaState } from './use-mfa-state.ts';

/** So few are soon none. */
const FEW = 3;

/** How many recovery codes are left, and new ones. */
export function RecoverySection({ left }: { readonly left: number }): ReactNode {
  const refresh = useRefreshMfaState();
  const [isAsking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <>
      <Section
        title="Recovery codes"
        description="For when your phone or your passkey is not at hand. Each works once."
        actions={
          <>
            <Badge tone={left === 0 ? 'danger' : left <= FEW ? 'warn' : 'neutral'}>
              {left === 0 ? 'None left' : `${left} left`}
            </Badge>
            <Button onClick={() => setAsking(true)}>New codes</Button>
          </>
        }
      />
      {isAsking ? (
        <ProofDialog
          title="Make new recovery codes?"
          description="The ones that you have stop working at once."
          action={{ label: 'Make new codes', pendingLabel: 'Making…' }}
          onProof={async (code) => {
            const body = MfaProofRequest.parse({ code });
            const { recoveryCodes } = await callRoute(MFA_ROUTES.newRecoveryCodes, { body });
            setCodes(recoveryCodes);
            await refresh();
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
      {codes === undefined ? null : <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  );
}
