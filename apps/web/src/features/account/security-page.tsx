import type { ReactNode } from 'react';
import { asApiError } from '../../lib/api-error.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForeignSessionNotice, useIsForeignSession } from './foreign-session.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { RecoverySection } from './recovery-section.tsx';
import { TotpSection } from './totp-section.tsx';
import { useMfaState } from './use-mfa-state.ts';

function SecondFactors(): ReactNode {
  const { data: state, error, refetch } = useMfaState();
  if (state === undefined) {
    return error === null ? (
      <>
        <Skeleton className="h-24" />
        <Skeleton className="h-40" />
      </>
    ) : (
      <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
    );
  }
  const hasFactor = state.totp.enabled || state.passkeys.length > 0;
  return (
    <>
      <TotpSection totp={state.totp} />
      <PasskeysSection passkeys={state.passkeys} />
      {hasFactor ? <RecoverySection left={state.recoveryCodesLeft} /> : null}
    </>
  );
}

/** How one signs in: password and second factors. */
export function SecurityPage(): ReactNode {
  const isForeign = useIsForeignSession();
  if (isForeign === undefined) {
    return null;
  }
  return isForeign ? (
    <ForeignSessionNotice />
  ) : (
    <>
      <SecondFactors />
      <PasswordSection />
    </>
  );
}
