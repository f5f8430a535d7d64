import { type SpanEvent, type SpanLink, type SpanRecord, spanPeer } from '@aegisguard/model';
import type { SpanEncoder } from '../../driver.ts';
import { attributeColumns } from './attribute-columns.ts';
import { bytesColumn, recordEncoder, textsColumn, timesColumn, type WriteColumn } from './record-encoder.ts';
import { KIND_NUMBERS, SPAN_INSERT_COLUMNS, STATUS_NUMBERS } from './span-columns.ts';

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const NO_PARENT = '0'.repeat(2 * SPAN_ID_BYTES);
/** So that start + duration stays within 64 bits: 292 years. */
const DURATION_MAX = 2n ** 63n - 1n;

/** Encodes spans as a block of ClickHouse's Native format. */
export const clickHouseSpanEncoder: SpanEncoder = recordEncoder(
  SPAN_INSERT_COLUMNS,
  (records: readonly SpanRecord[]) => ({
    service: textsColumn(records, ({ service }) => service),
    timestamp: timesColumn(records, ({ startTime }) => startTime),
    duration_nanos: (to) =>
      to.fixed(
        BigUint64Array.from(records, ({ durationNanos }) =>
          durationNanos < DURATION_MAX ? durationNanos : DURATION_MAX,
        ),
      ),
    trace_id: hexColumn(records, TRACE_ID_BYTES, ({ traceId }) => traceId),
    span_id: hexColumn(records, SPAN_ID_BYTES, ({ spanId }) => spanId),
    parent_span_id: hexColumn(records, SPAN_ID_BYTES, ({ parentSpanId }) => parentSpanId || NO_PARENT),
    is_root: bytesColumn(records, ({ parentSpanId }) => (parentSpanId === '' ? 1 : 0)),
    name: textsColumn(records, ({ name }) => name),
    kind: bytesColumn(records, ({ kind }) => KIND_NUMBERS[kind]),
    status: bytesColumn(records, ({ status }) => STATUS_NUMBERS[status]),
    status_message: textsColumn(records, ({ statusMessage }) => statusMessage),
    trace_state: textsColumn(records, ({ traceState }) => traceState),
    host: textsColumn(records, ({ host }) => host),
    env: textsColumn(records, ({ env }) => env),
    version: textsColumn(records, ({ version }) => version),
    scope_name: textsColumn(records, ({ scopeName }) => scopeName),
    scope_version: textsColumn(records, ({ scopeVersion }) => scopeVersion),
    ...attributeColumns(records),
    ...eventColumns(records),
    ...linkColumns(records),
    ...peerColumns(records),
  }),
);

/** Hexadecimal ids of one length as their bytes; throws a `TypeError` on anything else. */
function hexColumn(records: readonly SpanRecord[], idBytes: number, get: (record: SpanRecord) => string): WriteColumn {
  return (to) => {
    const ids = records.map(get);
    if (ids.some(({ length }) => length !== 2 * idBytes)) {
      throw new TypeError('an id of a span is not as long as it must be');
    }
    const bytes = Buffer.from(ids.join(''), 'hex');
    if (bytes.length !== ids.length * idBytes) {
      throw new TypeError('an id of a span is not hexadecimal');
    }
    to.fixed(bytes);
  };
}

function eventColumns(records: readonly SpanRecord[]) {
  const ends = endsOf(records, ({ events }) => events.length);
  const all = records.flatMap(({ events }) => events);
  const texts = (get: (event: SpanEvent) => string) => arrayColumn(ends, textsColumn(all, get));
  return {
    'events.timestamp': arrayColumn(
      ends,
      timesColumn(all, ({ timestamp }) => timestamp),
    ),
    'events.name': texts(({ name }) => name),
    'events.attributes': texts(({ attributes }) => JSON.stringify(attributes)),
    'events.dropped_attributes': arrayColumn(ends, (to) =>
      to.fixed(Uint32Array.from(all, ({ droppedAttributesCount }) => droppedAttributesCount)),
    ),
  };
}

function linkColumns(records: readonly SpanRecord[]) {
  const ends = endsOf(records, ({ links }) => links.length);
  const all = records.flatMap(({ links }) => links);
  const texts = (get: (link: SpanLink) => string) => arrayColumn(ends, textsColumn(all, get));
  const numbers = (get: (link: SpanLink) => number) => arrayColumn(ends, (to) => to.fixed(Uint32Array.from(all, get)));
  return {
    'links.trace_id': texts(({ traceId }) => traceId),
    'links.span_id': texts(({ spanId }) => spanId),
    'links.trace_state': texts(({ traceState }) => traceState),
    'links.flags': numbers(({ flags }) => flags),
    'links.attributes': texts(({ attributes }) => JSON.stringify(attributes)),
    'links.dropped_attributes': numbers(({ droppedAttributesCount }) => droppedAttributesCount),
  };
}

function peerColumns(records: readonly SpanRecord[]) {
  const peers = records.map(spanPeer);
  return {
    peer_type: textsColumn(peers, ({ type }) => type),
    peer: textsColumn(peers, ({ name }) => name),
    peer_system: textsColumn(peers, ({ system }) => system),
  };
}

/** Where each record's part of a joined list ends. */
function endsOf(records: readonly SpanRecord[], lengthOf: (record: SpanRecord) => number): BigUint64Array {
  let end = 0;
  return BigUint64Array.from(records, (record) => {
    end += lengthOf(record);
    return BigInt(end);
  });
}

function arrayColumn(ends: BigUint64Array, writeItems: WriteColumn): WriteColumn {
  return (to) => {
    to.fixed(ends);
    writeItems(to);
  };
}
