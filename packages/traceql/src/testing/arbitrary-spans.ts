import { type JsonObject, type JsonValue, SPAN_KINDS, SPAN_STATUSES, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import type { WholeSpan } from './memory-span-reader.ts';

/** Names and texts are few, so that queries find something. */
export const NAMES = ['a', 'b', 'http.code'] as const;
export const TEXTS = ['x', 'y', 'xy', ''] as const;
/** Spans start within an hour of it. */
export const START = unixNanos(1_700_000_000_000_000_000n);
export const SECOND = 1_000_000_000n;

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(...TEXTS),
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom<JsonValue>(0.5, true, false),
);
const value = fc.oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) });

/** Attributes, `http.code` as one key or two within one another. */
const attributes: fc.Arbitrary<JsonObject> = fc.record(
  { a: value, b: value, 'http.code': value, http: fc.record({ code: value }, { requiredKeys: [] }) },
  { requiredKeys: [] },
);

const span = (traceId: string, index: number): fc.Arbitrary<WholeSpan> =>
  fc
    .record({
      parent: fc.integer({ min: -1, max: 9 }),
      startTime: fc.bigInt({ min: 0n, max: 60n }).map((offset) => unixNanos(START + offset * SECOND)),
      durationNanos: fc.bigInt({ min: 0n, max: 8n }).map((units) => units * (SECOND / 4n)),
      name: fc.constantFrom('x', 'y', 'get'),
      kind: fc.constantFrom(...SPAN_KINDS),
      service: fc.constantFrom('shop', 'cart'),
      status: fc.constantFrom(...SPAN_STATUSES),
      statusMessage: fc.constantFrom('', 'x'),
      attributes,
      resource: attributes,
      scopeName: fc.constantFrom('', 'lib'),
      scopeVersion: fc.constantFrom('', '1'),
      scopeAttributes: attributes,
      events: fc.array(fc.record({ name: fc.constantFrom('x', 'y'), after: fc.bigInt(-2n, 4n), attributes }), {
        maxLength: 2,
      }),
      links: fc.array(fc.record({ attributes }), { maxLength: 1 }),
    })
    .map(({ parent, scopeAttributes, events, links, ...own }) => ({
      ...own,
      traceId,
      spanId: idOf(index, 16),
      parentSpanId: parent < 0 ? '' : idOf(parent, 16),
      events: events.map(({ name, after, attributes: given }) => ({
        name,
        timestamp: unixNanos(own.startTime + after * SECOND),
        attributes: given,
        droppedAttributesCount: 0,
      })),
      links: links.map(({ attributes: given }) => ({
        traceId: idOf(7, 32),
        spanId: idOf(7, 16),
        traceState: '',
        flags: 0,
        attributes: given,
        droppedAttributesCount: 0,
      })),
      details: { scope: { attributes: scopeAttributes } },
    }));

function idOf(number: number, digits: number): string {
  return (number + 1).toString(16).padStart(digits, '0');
}

/** A trace of any shape: parents may be missing, or go round in a circle. */
const trace = (number: number): fc.Arbitrary<WholeSpan[]> =>
  fc
    .integer({ min: 1, max: 8 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => span(idOf(number, 32), index))));

/** Spans of some traces. */
export const arbitrarySpans: fc.Arbitrary<WholeSpan[]> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, number) => trace(number))))
  .map((traces) => traces.flat());
