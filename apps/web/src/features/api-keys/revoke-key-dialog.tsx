import { type ApiKeyView, KEY_ROUTES } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { formatCount } from '../../lib/number-format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { KeyVolume } from './use-api-keys.ts';

function verbOf({ kind }: ApiKeyView): string {
  return kind === 'query' ? 'reads' : 'sends';
}

/** Asks before a key is revoked. */
export function RevokeKeyDialog({
  orgId,
  apiKey,
  volume,
  onDone,
  onClose,
}: {
  readonly orgId: string;
  readonly apiKey: ApiKeyView;
  readonly volume: KeyVolume | undefined;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const revocation = useMutation({
    mutationFn: () => callRoute(KEY_ROUTES.revokeKey, { params: { id: apiKey.id }, orgId }),
    onSuccess: () => onDone(`The key “${apiKey.name}” is revoked.`),
  });
  return (
    <ConfirmDialog
      title={`Revoke the key “${apiKey.name}”?`}
      action={{ label: 'Revoke', pendingLabel: 'Revoking…' }}
      isPending={revocation.isPending}
      error={revocation.error === null ? undefined : asApiError(revocation.error)}
      onConfirm={() => revocation.mutate()}
      onClose={onClose}
    >
      <p>
        Whatever {verbOf(apiKey)} with it stops within five seconds, for good. To replace only its secret, rotate it.
      </p>
      <p className="mt-2 text-text">
        {apiKey.lastUsedAt === null ? (
          'It was never used.'
        ) : (
          <>
            It was last used <RelativeTime time={apiKey.lastUsedAt} />
            {volume === undefined ? '' : `, and brought ${formatCount(volume.acceptedRecords)} records in 30 days`}.
          </>
        )}
      </p>
    </ConfirmDialog>
  );
}
