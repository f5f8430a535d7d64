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

/** One record of a signal in the words of people. */
const RECORD_WORDS = {
  logs: 'log',
  metrics: 'sample',
  traces: 'span',
  rum: 'RUM event',
  events: 'security event',
} as const;

/** `1 log`, `12 logs`. */
function countWords(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** `12:05`. */
function minuteWords(ms: number): string {
  return formatClock(ms).slice(0, 5);
}

/** Looks again and again whether something of this key came, and says so; or that it is refused, and why. It stays in sight while one reads on. */
export function ArrivalStatus({
  orgId,
  keyId,
  origin,
}: {
  readonly orgId: string;
  readonly keyId: string;
  readonly origin: string;
}): ReactNode {
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
    <>
      <div role="status" className="sticky top-0 z-10 -mx-2 border-line border-b bg-surface px-2 py-2">
        {data?.lastAcceptedMs === undefined ? <Waiting arrival={data} /> : <Arrived arrival={data} />}
        {error === null ? null : (
          <p className="text-danger">It cannot be seen now ({asApiError(error).title}); it is tried again.</p>
        )}
      </div>
      <section aria-label="What has arrived" className="flex flex-col gap-2">
        {data === undefined ? null : <Refusals refusals={data.refusals} />}
        {data === undefined || data.refusals.length > 0 || data.lastAcceptedMs !== undefined ? null : (
          <NothingYet origin={origin} />
        )}
        <p className="text-xs">
          <Link
            to={`${ingestionPath(orgId)}?${new URLSearchParams({ key: keyId })}`}
            className="text-accent underline underline-offset-2"
          >
            Everything that came with this key
          </Link>
        </p>
      </section>
    </>
  );
}

function Waiting({ arrival }: { readonly arrival: Arrival | undefined }): ReactNode {
  if (arrival === undefined || arrival.refusals.length === 0) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <span aria-hidden className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
        Waiting for the first record with this key; it will be noticed here by itself.
      </p>
    );
  }
  const outcomes = [...new Set(arrival.refusals.map(({ outcome }) => outcome))];
  return (
    <p className="flex items-center gap-2">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      <span>
        <strong className="font-semibold">Nothing was accepted yet.</strong> What came was refused:{' '}
        {outcomes.slice(0, REFUSALS_SHOWN).join(', ')}.
      </span>
    </p>
  );
}

/** What to try when not even a refusal is counted: the request did not get here, or as nobody. */
function NothingYet({ origin }: { readonly origin: string }): ReactNode {
  return (
    <p className="text-muted text-xs">
      Nothing after a minute, not even a refusal? Then no request has come with this key: see whether{' '}
      <code className="break-words font-mono">{`curl ${origin}/health`}</code> answers where the sender runs, and
      whether the sender has the whole key. Many senders collect first: metrics of OpenTelemetry SDKs go out once a
      minute.
    </p>
  );
}

function Arrived({ arrival }: { readonly arrival: Arrival }): ReactNode {
  const counts = arrival.accepted.map(({ signal, records }) => countWords(records, RECORD_WORDS[signal]));
  const Icon = arrival.hasStopped ? TriangleAlert : CircleCheck;
  return (
    <p className="flex items-center gap-2">
      <Icon aria-hidden className={`size-4 shrink-0 ${arrival.hasStopped ? 'text-danger' : 'text-accent'}`} />
      <span>
        <strong className="font-semibold">{arrival.hasStopped ? 'It arrived:' : 'It arrives:'}</strong>{' '}
        {counts.join(', ')} in the last half hour, the last at {minuteWords(arrival.lastAcceptedMs ?? 0)}.
        {arrival.hasStopped ? ' What came after that was refused.' : null}
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
      {refusals.slice(0, REFUSALS_SHOWN).map(({ signal, outcome, advice, requests, records, lastMs }) => (
        <li key={`${signal} ${outcome}`} className="flex gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          <span className="min-w-0">
            Refused: <code className="font-mono text-xs">{outcome}</code>,{' '}
            {records > 0 ? countWords(records, RECORD_WORDS[signal]) : countWords(requests, 'request')} ({signal}), last
            at {minuteWords(lastMs)}.{advice === null ? null : <span className="block text-muted">{advice}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
