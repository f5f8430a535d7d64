import type { NewApiKeyAnswer } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { FIRST_LOG_BODY, signedCurl } from '../../lib/signed-curl.ts';
import type { SecretPart } from '../../ui/secret-box.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';

/** What stands in the box: the key, and where it fits a command that works as it is. */
function partsOf(key: NewApiKeyAnswer, secret: string, origin: string): readonly SecretPart[] {
  if (key.kind !== 'signed') {
    return [
      { label: 'Key id', value: key.key },
      { label: 'Token', value: secret },
    ];
  }
  const parts = [
    { label: 'Key id', value: key.key },
    { label: 'Secret', value: secret },
  ];
  const sends = key.scopes.includes('logs:write') && !key.requireTimestamp;
  const command = signedCurl({ origin, path: '/v1/logs', body: FIRST_LOG_BODY, key: key.key, secret });
  return sends ? [...parts, { label: 'A signed log with curl', value: command }] : parts;
}

/** The secret of a key that was made or rotated just now. */
export function KeySecret({
  made,
  onClose,
}: {
  readonly made: NewApiKeyAnswer & { readonly secret: string };
  readonly onClose: () => void;
}): ReactNode {
  const parts = useMemo(() => partsOf(made, made.secret, location.origin), [made]);
  return (
    <SecretOnce
      title={made.kind === 'signed' ? `The secret of “${made.name}”` : `The token of “${made.name}”`}
      parts={parts}
      fileName={`aegisguard-${made.id}.txt`}
      onClose={onClose}
    />
  );
}
