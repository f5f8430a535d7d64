import { SPAN_KINDS, SPAN_STATUSES, type StoredSpan, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOtlpSpans } from './otlp-spans.ts';
import { encodeResourceSpans, resourceSpansOf } from './span-messages.ts';

const receivedAtMs = Date.parse('2026-11-22T12:00:00Z');
const OPTIONS = { receivedAtMs, retentionDays: 30 };
const RECEIVED = BigInt(receivedAtMs) * 1_000_000n;

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.toWellFormed());
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value).toWellFormed()) as never);
const object = fc.dictionary(name, json, { maxKeys: 4 });
const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Buffer.from(id).toString('hex'));
const time = fc.bigInt({ min: RECEIVED - 3_600_000_000_000n, max: RECEIVED }).map(unixNanos);
const count = fc.integer({ min: 1, max: 9 });
const origin = fc.record({
  service: fc.constantFrom('shop', 'pay'),
  resource: object,
  scopeName: fc.constantFrom('', 'http'),
  details: fc.record(
    {
      droppedAttributesCount: count,
      droppedEventsCount: count,
      droppedLinksCount: count,
      flags: count,
      schemaUrl: fc.constant('https://opentelemetry.io/schemas/1.30.0'),
      scope: fc.record({ attributes: fc.constant({ a: 1 }), droppedAttributesCount: count }),
      resource: fc.record({ schemaUrl: fc.constant('x'), droppedAttributesCount: count }),
    },
    { requiredKeys: [] },
  ),
});

const span: fc.Arbitrary<StoredSpan> = fc
  .tuple(
    origin,
    fc.record({
      traceId: hex(16),
      spanId: hex(8),
      parentSpanId: fc.oneof(hex(8), fc.constant('')),
      traceState: text,
      name: text,
      kind: fc.constantFrom(...SPAN_KINDS),
      startTime: time,
      durationNanos: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      status: fc.constantFrom(...SPAN_STATUSES),
      statusMessage: text,
      attributes: object,
      events: fc.array(
        fc.record({ timestamp: time, name: text, attributes: object, droppedAttributesCount: fc.nat(5) }),
        { maxLength: 2 },
      ),
      links: fc.array(
        fc.record({
          traceId: hex(16),
          spanId: hex(8),
          traceState: text,
          flags: fc.nat(5),
          attributes: object,
          droppedAttributesCount: fc.nat(5),
        }),
        { maxLength: 2 },
      ),
    }),
  )
  .map(([{ service, resource, scopeName, details }, own]) => ({
    ...own,
    service,
    resource: { ...resource, 'service.name': service },
    scopeName,
    scopeVersion: '',
    details,
    host: '',
    env: '',
    version: '',
    geo: {},
    userAgent: {},
    truncated: false,
  }));

function byId(spans: readonly object[]): object[] {
  return spans
    .map((one) => ({ ...one }))
    .sort((a, b) => ((a as StoredSpan).spanId < (b as StoredSpan).spanId ? -1 : 1));
}

describe('stored spans as OTLP', () => {
  it.each(['json', 'protobuf'] as const)('read back as they were, in %s', (encoding) => {
    fc.assert(
      fc.property(fc.uniqueArray(span, { maxLength: 5, selector: ({ spanId }) => spanId }), (spans) => {
        const messages = resourceSpansOf(spans);
        const body =
          encoding === 'json'
            ? Buffer.from(JSON.stringify({ resourceSpans: messages }))
            : Buffer.concat(messages.map(encodeResourceSpans));
        const read = buildOtlpSpans(body, encoding, OPTIONS, []).map(({ index: _, ...one }) => one);
        expect(byId(read)).toEqual(byId(spans));
      }),
      { numRuns: 40 },
    );
  });

  it('say what has a column, and keep what was sent', () => {
    const [sample] = fc.sample(span, 1);
    const stored = {
      ...(sample as StoredSpan),
      host: 'h',
      env: 'prod',
      version: '1',
      resource: { 'host.name': 'sent' },
    };
    const [message] = resourceSpansOf([stored]);
    expect(message?.resource.attributes).toEqual([
      { key: 'host.name', value: { stringValue: 'sent' } },
      { key: 'service.name', value: { stringValue: stored.service } },
      { key: 'service.version', value: { stringValue: '1' } },
      { key: 'deployment.environment.name', value: { stringValue: 'prod' } },
    ]);
  });

  it('are told in messages that are no larger than they must be', () => {
    const [sample] = fc.sample(span, 1);
    const messages = resourceSpansOf(Array.from({ length: 1001 }, () => sample as StoredSpan));
    expect(messages.map(({ scopeSpans: [{ spans }] }) => spans.length)).toEqual([500, 500, 1]);
  });
});
