import { type SpanRecord, type TraceCandidateSearch, type TraceSummary, unixNanos } from '@aegisguard/model';

/** All traces of some spans, in order, told in the plainest way: what drivers are compared with. */
export function referenceTraces(spans: readonly SpanRecord[], sort: TraceCandidateSearch['sort']): TraceSummary[] {
  return [...Map.groupBy(spans, ({ traceId }) => traceId)]
    .map(([traceId, own]) => summaryOf(traceId, own))
    .sort((a, b) => descending(keyOf(a, sort), keyOf(b, sort)) || descending(a.traceId, b.traceId));
}

/** What a trace is ordered by. */
export function keyOf({ startTime, durationNanos }: TraceSummary, sort: TraceCandidateSearch['sort']): bigint {
  return sort === 'newest' ? startTime : durationNanos;
}

function descending<Key extends bigint | string>(a: Key, b: Key): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

function summaryOf(traceId: string, spans: readonly SpanRecord[]): TraceSummary {
  const byStart = [...spans].sort((a, b) => descending(b.startTime, a.startTime) || descending(b.spanId, a.spanId));
  const root = byStart.find(({ parentSpanId }) => parentSpanId === '') ?? byStart[0];
  const startTime = byStart[0]?.startTime ?? unixNanos(0n);
  const [latest = 0n] = spans.map((span) => span.startTime + span.durationNanos).sort(descending);
  return {
    traceId,
    rootService: root?.service ?? '',
    rootName: root?.name ?? '',
    startTime,
    durationNanos: latest - startTime,
    spanCount: new Set(spans.map(({ spanId }) => spanId)).size,
    errorCount: new Set(spans.filter(({ status }) => status === 'error').map(({ spanId }) => spanId)).size,
    services: [...new Set(spans.map(({ service }) => service))].sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    ),
  };
}
