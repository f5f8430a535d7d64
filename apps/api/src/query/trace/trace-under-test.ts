import {
  SPAN_KINDS,
  SPAN_MARKS,
  SPAN_STATUSES,
  type StoredSpan,
  type TraceColumns,
  unixNanos,
} from '@aegisguard/model';
import { assembleTrace } from './assemble-trace.ts';
import { placeOf, spanView } from './span-view.ts';
import { traceHead } from './trace-head.ts';
import { type TraceFaults, traceWarnings } from './trace-warnings.ts';

const MS = 1_000_000n;
export const TRACE_ID = 'a'.repeat(32);
/** The beginning of the tests' traces. */
export const ORIGIN = 1_700_000_000_000_000_000n;

/** A span of the tests' trace; times in ms after `ORIGIN`. */
export function span(
  spanId: string,
  parentSpanId: string,
  start: number,
  duration: number,
  more: Partial<StoredSpan> = {},
): StoredSpan {
  return {
    traceId: TRACE_ID,
    spanId,
    parentSpanId,
    traceState: '',
    name: `name of ${spanId}`,
    kind: 'internal',
    service: 'service',
    host: '',
    env: '',
    version: '',
    startTime: unixNanos(ORIGIN + BigInt(start) * MS),
    durationNanos: BigInt(duration) * MS,
    status: 'unset',
    statusMessage: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    events: [],
    links: [],
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    ...more,
  };
}

/** A link as FOLLOWS_FROM arrives. */
export function followsFrom(spanId: string): StoredSpan['links'][number] {
  return {
    traceId: TRACE_ID,
    spanId,
    traceState: '',
    flags: 0,
    attributes: { 'opentracing.ref_type': 'follows_from' },
    droppedAttributesCount: 0,
  };
}

/** Columns as the store gives them: of the spans of a trace in any order, of those with the same id the first. */
export function columnsOf(unordered: readonly StoredSpan[]): TraceColumns {
  const firstOfId = new Map(unordered.toReversed().map((one) => [one.spanId, one]));
  const spans = [...firstOfId.values()].sort((a, b) => (startsBefore(a, b) ? -1 : 1));
  return {
    spanIds: spans.map(({ spanId }) => spanId),
    parentSpanIds: spans.map(({ parentSpanId }) => parentSpanId),
    startTimes: BigInt64Array.from(spans, ({ startTime }) => startTime),
    durations: Float64Array.from(spans, ({ durationNanos }) => Number(durationNanos)),
    services: spans.map(({ service }) => service),
    names: spans.map(({ name }) => name),
    hosts: spans.map(({ host }) => host),
    kinds: Uint8Array.from(spans, ({ kind }) => SPAN_KINDS.indexOf(kind)),
    statuses: Uint8Array.from(spans, ({ status }) => SPAN_STATUSES.indexOf(status)),
    marks: Uint8Array.from(spans, marksOf),
  };
}

/** A trace as it is answered whole. */
export function viewOf(spans: readonly StoredSpan[], faults: TraceFaults = { isCut: false, duplicates: 0 }) {
  const trace = assembleTrace(columnsOf(spans));
  const byId = new Map(spans.toReversed().map((one) => [one.spanId, one]));
  const views = Array.from(trace.order).flatMap((index) => {
    const one = byId.get(trace.columns.spanIds[index] ?? '');
    return one === undefined ? [] : [spanView(one, placeOf(trace, index))];
  });
  return { ...traceHead(TRACE_ID, trace), spans: views, warnings: traceWarnings(trace, faults) };
}

function startsBefore(a: StoredSpan, b: StoredSpan): boolean {
  return a.startTime === b.startTime ? a.spanId < b.spanId : a.startTime < b.startTime;
}

function marksOf({ events, links, parentSpanId }: StoredSpan): number {
  const follows = links.some(
    ({ spanId, attributes }) => spanId === parentSpanId && attributes['opentracing.ref_type'] !== 'child_of',
  );
  return (
    (events.some(({ name }) => name === 'exception') ? SPAN_MARKS.exception : 0) +
    (links.length > 0 ? SPAN_MARKS.links : 0) +
    (follows ? SPAN_MARKS.follows : 0)
  );
}
