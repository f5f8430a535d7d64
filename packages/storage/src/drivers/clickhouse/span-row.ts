import { type JsonObject, type SpanKind, type SpanStatus, type StoredSpan, unixNanos } from '@aegisguard/model';
import { ATTRIBUTE_ROW_COLUMNS, readAttributes } from './attribute-columns.ts';

/** What is selected of a span, in the order that `readSpanRow` expects. */
export const SPAN_ROW_COLUMNS = [
  'toString(toUnixTimestamp64Nano(timestamp))',
  'toString(duration_nanos)',
  'lower(hex(trace_id))',
  'lower(hex(span_id))',
  "if(is_root, '', lower(hex(parent_span_id)))",
  'trace_state',
  'name',
  'kind',
  'service',
  'host',
  'env',
  'version',
  'status',
  'status_message',
  'scope_name',
  'scope_version',
  ...ATTRIBUTE_ROW_COLUMNS,
  'truncated',
  'arrayMap(time -> toString(toUnixTimestamp64Nano(time)), events.timestamp)',
  'events.name',
  'events.attributes',
  'events.dropped_attributes',
  'links.trace_id',
  'links.span_id',
  'links.trace_state',
  'links.flags',
  'links.attributes',
  'links.dropped_attributes',
].join(', ');

type SpanRow = [
  timestamp: string,
  durationNanos: string,
  traceId: string,
  spanId: string,
  parentSpanId: string,
  traceState: string,
  name: string,
  kind: SpanKind,
  service: string,
  host: string,
  env: string,
  version: string,
  status: SpanStatus,
  statusMessage: string,
  scopeName: string,
  scopeVersion: string,
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
  truncated: boolean,
  ...events: EventColumns,
  ...links: LinkColumns,
];

type EventColumns = [
  times: readonly string[],
  names: readonly string[],
  attributes: readonly string[],
  dropped: readonly number[],
];

type LinkColumns = [
  traceIds: readonly string[],
  spanIds: readonly string[],
  traceStates: readonly string[],
  flags: readonly number[],
  attributes: readonly string[],
  dropped: readonly number[],
];

/** A span from a row of `SPAN_ROW_COLUMNS`. */
export function readSpanRow(row: readonly unknown[]): StoredSpan {
  const [timestamp, duration, traceId, spanId, parentSpanId, traceState, name, kind, service, host, ...rest] =
    row as unknown as SpanRow;
  const [env, version, status, statusMessage, scopeName, scopeVersion, shape, facets, labelValues, ...last] = rest;
  const [truncated, times, names, eventAttributes, eventDropped, ...links] = last;
  return {
    traceId,
    spanId,
    parentSpanId,
    traceState,
    name,
    kind,
    service,
    host,
    env,
    version,
    startTime: unixNanos(BigInt(timestamp)),
    durationNanos: BigInt(duration),
    status,
    statusMessage,
    scopeName,
    scopeVersion,
    ...readAttributes(shape, facets, labelValues),
    events: readEvents([times, names, eventAttributes, eventDropped]),
    links: readLinks(links),
    truncated,
  };
}

function readEvents([times, names, attributes, dropped]: EventColumns): StoredSpan['events'] {
  return times.map((time, place) => ({
    timestamp: unixNanos(BigInt(time)),
    name: names[place] ?? '',
    attributes: JSON.parse(attributes[place] ?? '{}') as JsonObject,
    droppedAttributesCount: dropped[place] ?? 0,
  }));
}

function readLinks([traceIds, spanIds, traceStates, flags, attributes, dropped]: LinkColumns): StoredSpan['links'] {
  return traceIds.map((traceId, place) => ({
    traceId,
    spanId: spanIds[place] ?? '',
    traceState: traceStates[place] ?? '',
    flags: flags[place] ?? 0,
    attributes: JSON.parse(attributes[place] ?? '{}') as JsonObject,
    droppedAttributesCount: dropped[place] ?? 0,
  }));
}
