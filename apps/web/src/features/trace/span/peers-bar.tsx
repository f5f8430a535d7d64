import type { SpanPercentileAnswer } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { spanPercentile, type TraceRef } from '../trace-api.ts';

/** Fewer peers say nothing. */
const PEERS_MIN = 5;

const SLOW = 95;

/** A place on a scale that gives long durations no more room than short ones. */
function placed(ms: number, { p50Ms, p99Ms, durationMs }: SpanPercentileAnswer): number {
  const low = Math.log(Math.max(1e-6, Math.min(p50Ms, durationMs) / 4));
  const high = Math.log(Math.max(1e-6, Math.max(p99Ms, durationMs) * 1.5));
  const at = Math.log(Math.max(1e-6, ms));
  return high > low ? Math.max(0, Math.min(100, ((at - low) / (high - low)) * 100)) : 50;
}

function standingWords({ percentile, peers }: SpanPercentileAnswer): string {
  const slower = Math.max(0, 100 - percentile);
  const share = slower < 1 ? 'Hardly any' : `${Math.round(slower)}%`;
  return `${share} of ${formatCount(peers)} like it took longer`;
}

function Scale({ answer }: { readonly answer: SpanPercentileAnswer }): ReactNode {
  const marks = [
    { name: 'p50', ms: answer.p50Ms },
    { name: 'p90', ms: answer.p90Ms },
    { name: 'p99', ms: answer.p99Ms },
  ];
  const isSlow = answer.percentile >= SLOW;
  return (
    <div>
      <p className="text-muted text-xs">
        <strong className={isSlow ? 'font-semibold text-warn' : 'font-semibold text-text'}>
          {isSlow ? 'Slow: ' : ''}p{Math.min(99.9, Number(answer.percentile.toFixed(1)))}
        </strong>{' '}
        · {standingWords(answer)}
      </p>
      <div className="relative mt-1.5 h-1.5 rounded-full bg-line">
        {marks.map(({ name, ms }) => (
          <span
            key={name}
            className="absolute inset-y-0 w-px bg-line-input"
            style={{ left: `${placed(ms, answer)}%` }}
          />
        ))}
        <span
          className={`absolute -top-1 -ml-1 h-3.5 w-2 rounded-sm border border-surface ${isSlow ? 'bg-warn' : 'bg-accent'}`}
          style={{ left: `${placed(answer.durationMs, answer)}%` }}
        />
      </div>
      <p className="mt-1 flex gap-3 text-2xs text-subtle tabular-nums">
        {marks.map(({ name, ms }) => (
          <span key={name}>
            {name} {nanosWords(ms * 1e6)}
          </span>
        ))}
      </p>
    </div>
  );
}

/** Where a span's duration stands among spans of the same service, name and kind around its time. */
export function PeersBar({ trace, spanId }: { readonly trace: TraceRef; readonly spanId: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ['trace', trace.orgId, trace.traceId, 'peers', spanId],
    queryFn: ({ signal }) => spanPercentile(trace, spanId, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) {
    return error === null ? (
      <Skeleton className="h-10 w-full" />
    ) : (
      <p className="text-subtle text-xs">How long others like it take could not be read.</p>
    );
  }
  return data.peers < PEERS_MIN ? (
    <p className="text-subtle text-xs">Too few spans like it around this time to compare its duration with.</p>
  ) : (
    <Scale answer={data} />
  );
}
