import type { ApiKeyView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatBytes, formatCompact, formatCount } from '../../lib/number-format.ts';
import { timestampMs } from '../../lib/timestamp.ts';
import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { DataColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { KIND_WORDS, keyState, powerWords, STATE_WORDS } from './key-words.ts';
import type { KeyVolume } from './use-api-keys.ts';

/** A rule of the key that is not seen from its kind. */
function Rules({ apiKey: { kind, origins, requireTimestamp } }: { readonly apiKey: ApiKeyView }): ReactNode {
  const words = [
    ...(kind === 'browser' ? [`from ${origins.length === 0 ? 'nowhere' : origins.join(', ')}`] : []),
    ...(requireTimestamp ? ['with a timestamp'] : []),
  ];
  return words.length === 0 ? null : <span className="block break-words text-subtle text-xs">{words.join(', ')}</span>;
}

function Volume({ volume }: { readonly volume: KeyVolume | undefined }): ReactNode {
  if (volume === undefined) {
    return <span className="text-subtle">–</span>;
  }
  const { acceptedRecords, refusedRecords, bytes } = volume;
  return (
    <>
      <span title={`${formatCount(acceptedRecords)} records`}>
        {formatCompact(acceptedRecords)} <span className="text-subtle">· {formatBytes(bytes)}</span>
      </span>
      {refusedRecords === 0 ? null : (
        <span className="block text-danger text-xs">{formatCompact(refusedRecords)} refused</span>
      )}
    </>
  );
}

/** Whether it works, and since or until when. */
function State({ apiKey, nowMs }: { readonly apiKey: ApiKeyView; readonly nowMs: number }): ReactNode {
  const { name, tone } = STATE_WORDS[keyState(apiKey, nowMs)];
  const { revokedAt, expiresAt } = apiKey;
  const turn = revokedAt ?? expiresAt;
  return (
    <>
      <Badge tone={tone}>{name}</Badge>
      {turn === null ? null : (
        <span className="block text-subtle text-xs">
          {revokedAt === null && timestampMs(turn) > nowMs ? 'ends ' : ''}
          <RelativeTime time={turn} />
        </span>
      )}
    </>
  );
}

/** The columns of the table of keys. */
export function keyColumns(
  volumes: ReadonlyMap<string, KeyVolume> | undefined,
  nowMs: number,
): readonly DataColumn<ApiKeyView>[] {
  return [
    {
      header: 'Key',
      cell: (key) => (
        <>
          <span className="font-medium">{key.name}</span>
          <span className="flex items-center gap-0.5 text-subtle">
            <code className="min-w-0 break-all font-mono text-2xs">{key.key}</code>
            <CopyButton label={`Copy the id of ${key.name}`} size="icon-sm" text={() => key.key} />
          </span>
        </>
      ),
    },
    { header: 'State', cell: (key) => <State apiKey={key} nowMs={nowMs} /> },
    {
      header: 'May',
      className: 'max-w-56',
      cell: (key) => (
        <>
          <span className="font-medium">{KIND_WORDS[key.kind].name}</span>
          <span className="block text-muted text-xs">{powerWords(key)}</span>
          <Rules apiKey={key} />
        </>
      ),
    },
    {
      header: 'Last used',
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-subtle">never</span> : <RelativeTime time={lastUsedAt} />,
    },
    {
      header: '30 days',
      isNumber: true,
      className: 'whitespace-nowrap',
      cell: ({ id }) => <Volume volume={volumes?.get(id)} />,
    },
    {
      header: 'Made',
      cell: ({ createdAt, createdByName }) => (
        <>
          <RelativeTime time={createdAt} />
          {createdByName === null ? null : (
            <span className="block break-words text-subtle text-xs">{createdByName}</span>
          )}
        </>
      ),
    },
  ];
}
