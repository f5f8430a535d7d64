import { KeyRound, LogIn } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

/** Ways to sign in without a password. */
export function OtherWays({
  hasPasskeys,
  isWaiting,
  onPasskey,
  onSso,
}: {
  readonly hasPasskeys: boolean;
  /** The browser is asking for a passkey. */
  readonly isWaiting: boolean;
  readonly onPasskey: () => void;
  readonly onSso: () => void;
}): ReactNode {
  return (
    <>
      <div aria-hidden className="flex items-center gap-3 text-subtle text-xs">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </div>
      <div className="flex flex-col gap-2">
        {hasPasskeys ? (
          <Button size="lg" disabled={isWaiting} onClick={onPasskey}>
            <KeyRound aria-hidden />
            {isWaiting ? 'Waiting for the passkey…' : 'Use a passkey'}
          </Button>
        ) : null}
        <Button size="lg" onClick={onSso}>
          <LogIn aria-hidden />
          Single sign-on
        </Button>
      </div>
    </>
  );
}
