import type { TraceSummaryView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { parseTimestamp } from '../../../lib/timestamp.ts';
import { Badge } from '../../../ui/badge.tsx';
import { ServiceChip } from './service-chip.tsx';
import { spanPath } from './trace-links.ts';

/** Nanoseconds between two times of answers, in ms. */
function offsetMs(from: string, to: string): number {
  return Number((parseTimestamp(to) ?? 0n) - (parseTimestamp(from) ?? 0n)) / 1e6;
}

/** The spans of a trace that the query means, each a way into the trace. */
export function MatchedSpans({
  orgId,
  trace,
}: {
  readonly orgId: string;
  readonly trace: TraceSummaryView;
}): ReactNode {
  const { matched = { count: 0, spans: [] } } = trace;
  const rest = matched.count - matched.spans.length;
  return (
    <div className="px-3 pb-2 pl-9 max-sm:pl-3">
      <ul aria-label="Matching spans" className="overflow-hidden rounded-md border border-line bg-canvas">
        {matched.spans.map((span) => (
          <li
            key={span.spanId}
            className="relative flex min-h-7 flex-wrap items-center gap-x-2 gap-y-0.5 border-line border-b px-2 py-0.5 text-xs last:border-0 hover:bg-hover"
          >
            <ServiceChip service={span.service} />
            <Link
              to={spanPath(orgId, trace.traceId, span.spanId)}
              className="min-w-0 truncate font-medium before:absolute before:inset-0 hover:underline"
            >
              {span.name}
            </Link>
            {span.status === 'error' ? <Badge tone="danger">error</Badge> : null}
            <span className="flex min-w-0 flex-1 flex-wrap gap-x-2 text-2xs text-subtle max-sm:order-last max-sm:basis-full">
              {Object.entries(span.attributes).map(([name, value]) => (
                <span key={name} className="max-w-80 truncate font-mono">
                  {name}=<span className="text-text">{String(value)}</span>
                </span>
              ))}
            </span>
            <span className="ml-auto shrink-0 text-subtle tabular-nums">
              +{formatUnit(Math.max(0, offsetMs(trace.startTime, span.startTime)), 'ms')}
            </span>
            <span className="w-16 shrink-0 text-right tabular-nums">{formatUnit(span.durationMs, 'ms')}</span>
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <p className="pt-1 text-2xs text-subtle">
          {formatCount(rest)} more in the trace {rest === 1 ? 'matches' : 'match'}.
        </p>
      ) : null}
    </div>
  );
}
