import { formatRfc3339Nanos, type JsonValue, SPAN_KINDS, SPAN_STATUSES, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOtlpLogs, verifyOtlpLogs } from './otlp-logs.ts';
import { buildOtlpSpans, verifyOtlpSpans } from './otlp-spans.ts';
import { encodeOtlp } from './protobuf/encode-otlp.ts';

const receivedAtMs = Date.parse('2026-11-22T12:00:00Z');
const options = { receivedAtMs, retentionDays: 30 };
const RECEIVED = BigInt(receivedAtMs) * 1_000_000n;
const DAY = 86_400_000_000_000n;

/** A value as OTLP's JSON writes it, and as it is to be stored. */
interface Sample {
  readonly any: object;
  readonly stored: JsonValue;
}

interface Attributes {
  readonly list: readonly { readonly key: string; readonly value: object }[];
  readonly stored: Record<string, JsonValue>;
}

const text = fc.string({ unit: 'binary', maxLength: 50 }).map((value) => value.toWellFormed());
const key = fc.oneof(fc.constantFrom('http.method', 'a', '__proto__', 'constructor', ''), text);
const int64 = fc.oneof(fc.maxSafeInteger().map(BigInt), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
const uint32 = fc.nat({ max: 2 ** 32 - 1 });

function storedDouble(value: number): JsonValue {
  return Number.isFinite(value) ? value : String(value);
}

/** `JSON.stringify` writes none of these. */
function writtenDouble(value: number): number | string {
  return Object.is(value, -0) ? '-0' : (storedDouble(value) as number | string);
}

function toAttributes(pairs: readonly (readonly [string, Sample])[]): Attributes {
  const stored: Record<string, JsonValue> = {};
  for (const [name, sample] of pairs) {
    Object.defineProperty(stored, name, {
      value: sample.stored,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return { list: pairs.map(([name, { any }]) => ({ key: name, value: any })), stored };
}

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text.map((value) => ({ any: { stringValue: value }, stored: value })),
    fc.boolean().map((value) => ({ any: { boolValue: value }, stored: value })),
    int64.map((value) => ({
      any: { intValue: value.toString() },
      stored: Number.isSafeInteger(Number(value)) ? Number(value) : value.toString(),
    })),
    fc.double().map((value) => ({ any: { doubleValue: writtenDouble(value) }, stored: storedDouble(value) })),
    fc.uint8Array({ maxLength: 40 }).map((value) => {
      const base64 = Buffer.from(value).toString('base64');
      return { any: { bytesValue: base64 }, stored: base64 };
    }),
    fc.constant({ any: {}, stored: null }),
    fc.array(tie('sample'), { maxLength: 4 }).map((values) => ({
      any: { arrayValue: { values: values.map(({ any }) => any) } },
      stored: values.map(({ stored }) => stored),
    })),
    fc.array(fc.tuple(key, tie('sample')), { maxLength: 4 }).map((pairs) => {
      const { list, stored } = toAttributes(pairs);
      return { any: { kvlistValue: { values: list } }, stored };
    }),
  ),
}));

const attributes = fc.array(fc.tuple(key, sample), { maxLength: 6 }).map(toAttributes);
const nanos = fc.bigInt({ min: RECEIVED - 29n * DAY, max: RECEIVED + DAY });
const hex = (bytes: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Buffer.from(id).toString('hex'));

const origin = fc.record({
  service: fc.option(
    text.filter((name) => name !== ''),
    { nil: undefined },
  ),
  resource: attributes,
  resourceDropped: uint32,
  resourceUrl: text,
  scopeName: text,
  scopeVersion: text,
  scope: attributes,
  scopeDropped: uint32,
  scopeUrl: text,
});

interface Part {
  readonly origin: typeof origin extends fc.Arbitrary<infer T> ? T : never;
  readonly records: readonly object[];
}

/** A request of one signal, in an order of members in which the group's context comes last: protocol buffers allow any. */
function requestOf(signal: 'Logs' | 'Spans', parts: readonly Part[]): Record<string, object[]> {
  const groups = parts.map(({ origin: from, records }) => ({
    [`scope${signal}`]: [
      {
        [signal === 'Logs' ? 'logRecords' : 'spans']: records,
        scope: {
          name: from.scopeName,
          version: from.scopeVersion,
          attributes: from.scope.list,
          droppedAttributesCount: from.scopeDropped,
        },
        schemaUrl: from.scopeUrl,
      },
    ],
    resource: {
      attributes: [
        ...from.resource.list.filter((pair) => pair.key !== 'service.name'),
        ...(from.service === undefined ? [] : [{ key: 'service.name', value: { stringValue: from.service } }]),
      ],
      droppedAttributesCount: from.resourceDropped,
    },
    schemaUrl: from.resourceUrl,
  }));
  return { [`resource${signal}`]: groups };
}

function present(entries: Record<string, JsonValue | undefined>): Record<string, JsonValue> {
  const kept = Object.entries(entries).filter(
    ([, value]) =>
      value !== undefined &&
      value !== '' &&
      value !== 0 &&
      !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
  );
  return Object.fromEntries(kept) as Record<string, JsonValue>;
}

function expectedContext({ origin: from }: Part): Record<string, JsonValue> {
  const { 'service.name': _, ...others } = from.resource.stored;
  return {
    service: from.service ?? 'unknown_service',
    scopeName: from.scopeName,
    scopeVersion: from.scopeVersion,
    resource: from.service === undefined ? others : { ...others, 'service.name': from.service },
  };
}

function expectedDetails({ origin: from }: Part): Record<string, JsonValue> {
  return present({
    schemaUrl: from.scopeUrl,
    scope: present({ attributes: from.scope.stored, droppedAttributesCount: from.scopeDropped }),
    resource: present({ droppedAttributesCount: from.resourceDropped, schemaUrl: from.resourceUrl }),
  });
}

const log = fc.record({
  time: nanos,
  observed: fc.oneof(fc.constant(0n), nanos),
  severityNumber: fc.nat({ max: 24 }),
  severityText: text,
  body: sample,
  attributes,
  dropped: uint32,
  flags: uint32,
  traceId: fc.oneof(fc.constant(''), hex(16)),
  spanId: fc.oneof(fc.constant(''), hex(8)),
  eventName: text,
});

describe('logs', () => {
  const part = fc.record({ origin, logs: fc.array(log, { maxLength: 3 }) });

  function bodyMessage({ stored }: Sample): string {
    if (typeof stored === 'object' && stored !== null) {
      return JSON.stringify(stored);
    }
    return stored === null ? '' : String(stored);
  }

  const BODY_TYPES: Record<string, string> = {
    boolValue: 'bool',
    intValue: 'int',
    doubleValue: 'double',
    bytesValue: 'bytes',
    arrayValue: 'array',
    kvlistValue: 'map',
  };

  it('become records with everything that they say, from both encodings', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), (parts) => {
        const groups = parts.map(({ origin: from, logs }) => ({
          origin: from,
          records: logs.map((sent) => ({
            timeUnixNano: String(sent.time),
            observedTimeUnixNano: String(sent.observed),
            severityNumber: sent.severityNumber,
            severityText: sent.severityText,
            body: sent.body.any,
            attributes: sent.attributes.list,
            droppedAttributesCount: sent.dropped,
            flags: sent.flags,
            traceId: sent.traceId,
            spanId: sent.spanId,
            eventName: sent.eventName,
          })),
        }));
        const request = requestOf('Logs', groups);
        const expected = parts.flatMap((group, at) =>
          group.logs.map((sent) => ({
            ...expectedContext(groups[at] as Part),
            timestamp: sent.time,
            level: 'info',
            severityNumber: sent.severityNumber,
            severityText: sent.severityText,
            message: bodyMessage(sent.body),
            traceId: sent.traceId,
            spanId: sent.spanId,
            attributes: sent.attributes.stored,
            details: present({
              flags: sent.flags,
              observedTimestamp: sent.observed === 0n ? '' : formatRfc3339Nanos(unixNanos(sent.observed)),
              eventName: sent.eventName,
              droppedAttributesCount: sent.dropped,
              bodyType: BODY_TYPES[Object.keys(sent.body.any)[0] ?? ''],
              ...expectedDetails(groups[at] as Part),
            }),
            geo: {},
            userAgent: {},
            truncated: false,
          })),
        );
        const protobuf = encodeOtlp('ExportLogsServiceRequest', request);
        const json = Buffer.from(JSON.stringify(request));
        expect(verifyOtlpLogs(protobuf, 'protobuf', options)).toEqual({ total: expected.length, rejected: [] });
        expect(verifyOtlpLogs(json, 'json', options)).toEqual({ total: expected.length, rejected: [] });
        const records = buildOtlpLogs(protobuf, 'protobuf', options, []);
        expect(records).toEqual(
          expected.map((record, index) => ({ host: '', env: '', version: '', ingestId: '', index, ...record })),
        );
        expect(buildOtlpLogs(json, 'json', options, [])).toEqual(records);
      }),
    );
  });
});

const event = fc.record({ time: nanos, name: text, attributes, dropped: uint32 });
const link = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  traceState: text,
  attributes,
  dropped: uint32,
  flags: uint32,
});
const span = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: fc.oneof(fc.constant(''), hex(8)),
  traceState: text,
  name: text,
  kind: fc.nat({ max: 7 }),
  start: nanos,
  duration: fc.bigInt({ min: 0n, max: 2n ** 50n }),
  attributes,
  dropped: fc.tuple(uint32, uint32, uint32),
  events: fc.array(event, { maxLength: 2 }),
  links: fc.array(link, { maxLength: 2 }),
  status: fc.nat({ max: 4 }),
  statusMessage: text,
  flags: uint32,
});

describe('spans', () => {
  const part = fc.record({ origin, spans: fc.array(span, { maxLength: 3 }) });

  function written(sent: typeof span extends fc.Arbitrary<infer T> ? T : never): object {
    return {
      traceId: sent.traceId,
      spanId: sent.spanId,
      parentSpanId: sent.parentSpanId,
      traceState: sent.traceState,
      name: sent.name,
      kind: sent.kind,
      startTimeUnixNano: String(sent.start),
      endTimeUnixNano: String(sent.start + sent.duration),
      attributes: sent.attributes.list,
      droppedAttributesCount: sent.dropped[0],
      events: sent.events.map((happened) => ({
        timeUnixNano: String(happened.time),
        name: happened.name,
        attributes: happened.attributes.list,
        droppedAttributesCount: happened.dropped,
      })),
      droppedEventsCount: sent.dropped[1],
      links: sent.links.map((linked) => ({
        traceId: linked.traceId,
        spanId: linked.spanId,
        traceState: linked.traceState,
        attributes: linked.attributes.list,
        droppedAttributesCount: linked.dropped,
        flags: linked.flags,
      })),
      droppedLinksCount: sent.dropped[2],
      status: { code: sent.status, message: sent.statusMessage },
      flags: sent.flags,
    };
  }

  it('become records with everything that they say, from both encodings', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), (parts) => {
        const groups = parts.map(({ origin: from, spans }) => ({ origin: from, records: spans.map(written) }));
        const request = requestOf('Spans', groups);
        const expected = parts.flatMap((group, at) =>
          group.spans.map((sent) => ({
            ...expectedContext(groups[at] as Part),
            traceId: sent.traceId,
            spanId: sent.spanId,
            parentSpanId: sent.parentSpanId,
            traceState: sent.traceState,
            name: sent.name,
            kind: SPAN_KINDS[sent.kind] ?? 'unspecified',
            startTime: sent.start,
            durationNanos: sent.duration,
            status: SPAN_STATUSES[sent.status] ?? 'unset',
            statusMessage: sent.statusMessage,
            attributes: sent.attributes.stored,
            events: sent.events.map((happened) => ({
              timestamp: happened.time,
              name: happened.name,
              attributes: happened.attributes.stored,
              droppedAttributesCount: happened.dropped,
            })),
            links: sent.links.map((linked) => ({
              traceId: linked.traceId,
              spanId: linked.spanId,
              traceState: linked.traceState,
              flags: linked.flags,
              attributes: linked.attributes.stored,
              droppedAttributesCount: linked.dropped,
            })),
            details: present({
              flags: sent.flags,
              droppedAttributesCount: sent.dropped[0],
              droppedEventsCount: sent.dropped[1],
              droppedLinksCount: sent.dropped[2],
              ...expectedDetails(groups[at] as Part),
            }),
            geo: {},
            userAgent: {},
            truncated: false,
          })),
        );
        const protobuf = encodeOtlp('ExportTraceServiceRequest', request);
        const json = Buffer.from(JSON.stringify(request));
        expect(verifyOtlpSpans(protobuf, 'protobuf', options)).toEqual({ total: expected.length, rejected: [] });
        expect(verifyOtlpSpans(json, 'json', options)).toEqual({ total: expected.length, rejected: [] });
        const records = buildOtlpSpans(protobuf, 'protobuf', options, []);
        expect(records).toEqual(
          expected.map((record, index) => ({ host: '', env: '', version: '', index, ...record })),
        );
        expect(buildOtlpSpans(json, 'json', options, [])).toEqual(records);
      }),
    );
  });
});
