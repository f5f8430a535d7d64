import type { MfaStateAnswer } from '@aegisguard/model';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TurnOffDialog } from './turn-off-dialog.tsx';
import { useRefreshMfaState } from './use-mfa-state.ts';

// With what draws QR codes, which is needed once.
const TotpSetupDialog = lazy(async () => ({ default: (await import('./totp-setup-dialog.tsx')).TotpSetupDialog }));

/** One-time codes of an authenticator application. */
export function TotpSection({ totp }: Pick<MfaStateAnswer, 'totp'>): ReactNode {
  const refresh = useRefreshMfaState();
  const [open, setOpen] = useState<'set-up' | 'turn-off'>();
  const [codes, setCodes] = useState<readonly string[]>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <Section
        title="Authenticator application"
        description="A code from your phone as the second step, beside your password."
        actions={
          totp.enabled ? (
            <>
              <Badge tone="ok">On</Badge>
              <Button onClick={() => setOpen('turn-off')}>Turn off</Button>
            </>
          ) : (
            <Button variant="primary" onClick={() => setOpen('set-up')}>
              Set up
            </Button>
          )
        }
      >
        {totp.enabledAt === null ? undefined : (
          <p className="text-muted">
            Set up <RelativeTime time={totp.enabledAt} />.
          </p>
        )}
      </Section>
      {open === 'set-up' ? (
        <Suspense fallback={null}>
          <TotpSetupDialog
            onDone={(recoveryCodes) => {
              close();
              setCodes(recoveryCodes);
              void refresh();
            }}
            onClose={close}
          />
        </Suspense>
      ) : null}
      {open === 'turn-off' ? <TurnOffDialog onClose={close} /> : null}
      {codes === undefined ? null : <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  );
}
