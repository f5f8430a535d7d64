import type { ReactNode } from 'react';
import { SecretOnce } from '../../ui/secret-once.tsx';

/** New recovery codes, this once. */
export function RecoveryCodes({
  codes,
  onClose,
}: {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  return (
    <SecretOnce
      title="Keep your recovery codes"
      description="Each of them lets you in once, in place of your second factor. They are shown now and never again; earlier ones no longer work."
      parts={[{ label: 'Recovery codes', value: codes.join('\n') }]}
      fileName="aegisguard-recovery-codes.txt"
      onClose={onClose}
    />
  );
}
