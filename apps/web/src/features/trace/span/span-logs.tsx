import type { LogView } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { logsPath } from '../../../app/paths.ts';
import { levelText } from '../../../charts/render/level-class.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { absoluteRange } from '../../../lib/time-range.ts';
import { formatClockMs, timestampMs } from '../../../lib/timestamp.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { readLogs, relatedLogsQuery, type TraceRef } from '../trace-api.ts';

/** Logs are written, and clocks differ, around the time of a trace. */
const AROUND_MS = 600_000;

/** Characters of a message that are drawn; the Logs page has all. */
const SHOWN_CHARACTERS = 500;

function LogLine({ log, ofOtherSpan }: { readonly log: LogView; readonly ofOtherSpan: boolean }): ReactNode {
  return (
    <li className="border-line border-b px-1 py-1 font-mono text-xs last:border-0">
      <span className="text-subtle tabular-nums">{formatClockMs(timestampMs(log.timestamp))}</span>{' '}
      <span className={classNames('font-medium uppercase', levelText(log.level))}>{log.level}</span>{' '}
      {ofOtherSpan ? <span className="text-muted">{log.service}</span> : null}
      <span className="block whitespace-pre-wrap break-words [overflow-wrap:anywhere]">
        {log.message.slice(0, SHOWN_CHARACTERS)}
      </span>
    </li>
  );
}

/** What was logged during a span, or during the whole trace. */
export function SpanLogs({
  trace,
  spanId,
  startMs,
  endMs,
}: {
  readonly trace: TraceRef;
  readonly spanId: string;
  /** Of the trace. */
  readonly startMs: number;
  readonly endMs: number;
}): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const query = relatedLogsQuery(trace.traceId, isWhole ? undefined : spanId);
  const range = { startMs: Math.floor(startMs) - AROUND_MS, endMs: Math.ceil(endMs) + AROUND_MS };
  const { data, error, refetch } = useQuery({
    queryKey: ['trace', trace.orgId, trace.traceId, 'logs', query],
    queryFn: ({ signal }) => readLogs(trace.orgId, query, range, signal),
  });
  const { from, to } = absoluteRange(range.startMs, range.endMs);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-1">
        {[false, true].map((whole) => (
          <Button
            key={String(whole)}
            size="sm"
            variant="ghost"
            aria-pressed={isWhole === whole}
            onClick={() => setWhole(whole)}
          >
            {whole ? 'Whole trace' : 'This span'}
          </Button>
        ))}
        <Button asChild size="sm" className="ml-auto">
          <Link to={`${logsPath(trace.orgId)}?${new URLSearchParams({ q: query, from, to, dir: 'forward' })}`}>
            <ScrollText aria-hidden />
            Open in Logs
          </Link>
        </Button>
      </div>
      {data === undefined ? (
        error === null ? (
          <Skeleton className="h-24 w-full" />
        ) : (
          <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
        )
      ) : data.logs.length === 0 ? (
        <p className="px-1 text-muted">
          {isWhole ? 'No log names this trace.' : 'No log names this span. Those of the whole trace may say more.'}
        </p>
      ) : (
        <>
          <ul aria-label="Logs">
            {data.logs.map((log) => (
              <LogLine key={log.id} log={log} ofOtherSpan={isWhole} />
            ))}
          </ul>
          {data.hasMore ? (
            <p className="px-1 text-subtle text-xs">The first {formatCount(data.logs.length)}; Logs has the rest.</p>
          ) : null}
        </>
      )}
    </div>
  );
}
