import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ingestionPath, privacyPath, settingsPath } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { withoutFactorQuery } from '../../lib/organization-api.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Stat } from '../../ui/stat.tsx';
import { summarize } from '../ingestion/ingest-summary.ts';
import { kindName } from '../privacy/kinds.ts';
import { dayStartMs, deadLettersQuery, findingsQuery, hourQuery } from './home-queries.ts';

interface Figure {
  readonly value: string;
  readonly hint: string;
  readonly tone?: 'ok' | 'warn' | 'danger';
}

/** One figure that is loaded, and fails, by itself. */
function Tile<Data>({
  label,
  to,
  query: { data, error },
  figure,
}: {
  readonly label: string;
  readonly to: string;
  readonly query: UseQueryResult<Data>;
  readonly figure: (data: Data) => Figure;
}): ReactNode {
  if (data === undefined) {
    return error === null ? (
      <Stat label={label} value={<Skeleton className="my-1 h-5 w-12" />} hint="Loading…" />
    ) : (
      <Stat label={label} value="–" hint={`Could not be read: ${asApiError(error).title}.`} tone="danger" to={to} />
    );
  }
  return <Stat label={label} to={to} {...figure(data)} />;
}

/** Refused records of the last hour. */
export function RefusedTile({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <Tile
      label="Refused in the last hour"
      to={ingestionPath(orgId)}
      query={useQuery(hourQuery(orgId))}
      figure={(counts) => {
        const { drops } = summarize(counts, { signal: undefined, keyId: undefined });
        const count = drops.reduce((sum, { records, requests }) => sum + Math.max(records, requests), 0);
        const reasons = [...new Set(drops.map(({ outcome }) => outcome))];
        return count === 0
          ? { value: '0', hint: 'Everything was accepted', tone: 'ok' }
          : { value: formatCount(count), hint: reasons.slice(0, 2).join(', '), tone: 'danger' };
      }}
    />
  );
}

/** Batches that were accepted and could not be processed. */
export function DeadLettersTile({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <Tile
      label="Dead letters"
      to={ingestionPath(orgId)}
      query={useQuery(deadLettersQuery(orgId))}
      figure={({ items, nextCursor }) => {
        const [first] = items;
        return first === undefined
          ? { value: '0', hint: 'Nothing was given up on', tone: 'ok' }
          : {
              value: `${formatCount(items.length)}${nextCursor === null ? '' : '+'}`,
              hint: `Batches that wait to be replayed: ${first.reason}`,
              tone: 'danger',
            };
      }}
    />
  );
}

/** Personal data and secrets that were found since the day began. */
export function FindingsTile({ orgId }: { readonly orgId: string }): ReactNode {
  const from = new Date(dayStartMs(serverNow())).toISOString();
  return (
    <Tile
      label="Personal data found today"
      to={`${privacyPath(orgId)}?${new URLSearchParams({ from })}`}
      query={useQuery(findingsQuery(orgId))}
      figure={({ rows }) => {
        // Truncated addresses are in nearly every record; the rest would not be seen beside them.
        const found = rows.filter(({ strategy }) => strategy !== 'truncate');
        const kinds = [...new Set(found.toSorted((a, b) => b.total - a.total).map(({ detector }) => detector))];
        return found.length === 0
          ? { value: '0', hint: 'Nothing was found' }
          : {
              value: formatCount(found.reduce((sum, { total }) => sum + total, 0)),
              hint: kinds.slice(0, 2).map(kindName).join(', '),
            };
      }}
    />
  );
}

/** People whose password alone lets somebody in. */
export function WithoutFactorTile({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <Tile
      label="Without second factor"
      to={settingsPath(orgId, 'people')}
      query={useQuery(withoutFactorQuery(orgId))}
      figure={(people) => {
        const [first] = people;
        return first === undefined
          ? { value: '0', hint: 'Everybody has one', tone: 'ok' }
          : {
              value: formatCount(people.length),
              hint: people.length === 1 ? first.name : `${first.name} and ${people.length - 1} more`,
              tone: 'warn',
            };
      }}
    />
  );
}
