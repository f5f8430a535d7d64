import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ingestionPath } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { ingestCounts } from '../../lib/ingest-api.ts';
import { formatCount } from '../../lib/number-format.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { formatClock } from '../../lib/timestamp.ts';
import { type Arrival, arrivalOf, type Refusal } from './arrival.ts';

const POLL_MS = 2000;
/** How far back it is looked: who comes back from configuring something shall see what came meanwhile. */
const LOOK_BACK_MS = 30 * 60_000;
const REFUSALS_SHOWN = 5;

/** Signals in the words of people. */
const RECORD_WORDS = { logs: 'logs', metrics: 'samples', traces: 'spans', rum: 'RUM events' } as const;

/** Looks again and again whether something of this key came, and says so; or that it is refused, and why. */
export function ArrivalStatus({ orgId, keyId }: { readonly orgId: string; readonly keyId: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ['ingest', 'arrival', orgId, keyId],
    queryFn: async ({ signal }) => {
      const nowMs = serverNow();
      return arrivalOf(
        await ingestCounts(orgId, { startMs: nowMs - LOOK_BACK_MS, endMs: nowMs + 60_000 }, signal),
        keyId,
      );
    },
    refetchInterval: POLL_MS,
    gcTime: 0,
  });
  return (
    <section aria-label="What has arrived" className="flex flex-col gap-2">
      <div role="status">
        {data?.lastAcceptedMs === undefined ? <Waiting arrival={data} /> : <Arrived arrival={data} />}
      </div>
      {data === undefined ? null : <Refusals refusals={data.refusals} />}
      {error === null ? null : <p className="text-muted">It cannot be looked now: {asApiError(error).title}.</p>}
      <p className="text-xs">
        <Link
          to={`${ingestionPath(orgId)}?${new URLSearchParams({ key: keyId })}`}
          className="text-accent underline underline-offset-2"
        >
          Everything that came with this key
        </Link>
      </p>
    </section>
  );
}

function Waiting({ arrival }: { readonly arrival: Arrival | undefined }): ReactNode {
  return (
    <p className="flex items-center gap-2 text-muted">
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
      {arrival === undefined || arrival.refusals.length === 0
        ? 'Waiting for the first record with this key; it will be noticed here by itself.'
        : 'Nothing was accepted yet.'}
    </p>
  );
}

function Arrived({ arrival }: { readonly arrival: Arrival }): ReactNode {
  const counts = arrival.accepted.map(({ signal, records }) => `${formatCount(records)} ${RECORD_WORDS[signal]}`);
  return (
    <p className="flex items-center gap-2">
      <CircleCheck aria-hidden className="size-4 shrink-0 text-accent" />
      <span>
        <strong className="font-semibold">It arrives:</strong> {counts.join(', ')} in the last half hour, the last at{' '}
        {formatClock(arrival.lastAcceptedMs ?? 0).slice(0, 5)}.
      </span>
    </p>
  );
}

function Refusals({ refusals }: { readonly refusals: readonly Refusal[] }): ReactNode {
  if (refusals.length === 0) {
    return null;
  }
  return (
    <ul className="flex flex-col gap-2 rounded-md border border-danger/40 bg-danger-surface px-3 py-2">
      {refusals.slice(0, REFUSALS_SHOWN).map(({ signal, outcome, advice, requests, records }) => (
        <li key={`${signal} ${outcome}`} className="flex gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          <span className="min-w-0">
            Refused: <code className="font-mono text-xs">{outcome}</code>,{' '}
            {records > 0 ? `${formatCount(records)} ${RECORD_WORDS[signal]}` : `${formatCount(requests)} requests`} (
            {signal}).
            {advice === null ? null : <span className="block text-muted">{advice}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
