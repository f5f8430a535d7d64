import {
  type JsonObject,
  labelName,
  type SpanRecord,
  type TraceSearch,
  type TraceSummary,
  unixNanos,
} from '@aegisguard/model';

/** Finds traces by looking at every span, in the plainest way: what drivers are compared with. All pages at once, in order. */
export function referenceTraces(
  spans: readonly SpanRecord[],
  search: Omit<TraceSearch, 'limit' | 'after'>,
): TraceSummary[] {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  return [...traces.entries()]
    .filter(([, own]) => own.some((span) => matches(span, search)))
    .map(([traceId, own]) => summaryOf(traceId, own))
    .sort((a, b) => descending(keyOf(a, search.sort), keyOf(b, search.sort)) || descending(a.traceId, b.traceId));
}

/** What a trace is ordered by. */
export function keyOf({ startTime, durationNanos }: TraceSummary, sort: TraceSearch['sort']): bigint {
  return sort === 'newest' ? startTime : durationNanos;
}

function descending<Key extends bigint | string>(a: Key, b: Key): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

function matches(span: SpanRecord, search: Omit<TraceSearch, 'limit' | 'after'>): boolean {
  const { service, operation, status, minDurationNanos, maxDurationNanos, attributes, start, end } = search;
  return (
    span.startTime >= start &&
    span.startTime < end &&
    (service === undefined || span.service === service) &&
    (operation === undefined || span.name === operation) &&
    (status === undefined || span.status === status) &&
    (minDurationNanos === undefined || span.durationNanos >= minDurationNanos) &&
    (maxDurationNanos === undefined || span.durationNanos <= maxDurationNanos) &&
    Object.entries(attributes ?? {}).every(([name, value]) => labelOf(span, name) === value)
  );
}

function labelOf(span: SpanRecord, name: string): string {
  switch (name) {
    case 'service':
    case 'service_name':
      return span.service;
    case 'host':
    case 'env':
    case 'version':
      return span[name];
    default: {
      const labels = new Map([...labelsOf(span.resource, []), ...labelsOf(span.attributes, [])]);
      return /^[A-Za-z0-9_]+$/.test(name) ? (labels.get(name) ?? '') : '';
    }
  }
}

function labelsOf(object: JsonObject, path: readonly string[]): [string, string][] {
  return Object.entries(object).flatMap(([key, value]) => {
    const here = [...path, key];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return labelsOf(value, here);
    }
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    return [[labelName(here), text]];
  });
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
