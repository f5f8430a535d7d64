import {
  type JsonObject,
  type JsonValue,
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanCondition,
  type SpanField,
  type SpanFieldValue,
  type SpanIntrinsic,
  type SpanRecord,
} from '@aegisguard/model';
import fc from 'fast-check';
import { newTraceId } from './span-under-test.ts';
import { at } from './storage-under-test.ts';

const HOSTILE = ["'", '\\', "x' OR 1=1 --", '%_', '🦊', '\n', '), (', '"', '\0', '`', ''];
const WORDS = ['GET', 'POST', 'eu', 'a|b', '500', 'true', `a-text-that-is-too-long-for-a-facet-${'x'.repeat(20)}`];
const TEXTS = [...WORDS, ...HOSTILE];
/** Several names answer to one label, and several ways of nesting to one name. */
const NAMES = [
  'size',
  'http.status_code',
  'http_status_code',
  'http.method',
  'user.id',
  'region',
  'service.name',
  'a.b.c',
  'absent',
];
const HOSTILE_NAMES = [
  "x' OR 1=1 --",
  '',
  '.',
  '..',
  'k"ey',
  'ключ',
  'back\\slash',
  '__proto__',
  '%',
  'a=b',
  '\n',
  ':',
  ':k',
];

const LINKED_TRACE = '1'.padStart(32, '0');

const number = fc.constantFrom(0, 200, 404, 500, 500.5, 1e21, -3, 0.1, 123_456_789);
const scalar: fc.Arbitrary<string | number | boolean> = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 3 },
  { arbitrary: number, weight: 3 },
  fc.boolean(),
  fc.constantFrom('u-123456', 'u-654321'),
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  { arbitrary: scalar, weight: 12 },
  fc.constant(null),
  fc.array(scalar, { maxLength: 3 }),
);

/** Mostly of the plain names; now and then nested, or with a hostile one. */
const attributes: fc.Arbitrary<JsonObject> = fc
  .record({
    plain: fc.dictionary(fc.constantFrom(...NAMES.slice(1, -1)), value, { maxKeys: 3 }),
    size: fc.option(number, { freq: 2 }),
    http: fc.option(fc.dictionary(fc.constantFrom('status_code', 'method'), value, { maxKeys: 2 }), { freq: 4 }),
    deep: fc.option(fc.constantFrom<JsonObject>({ a: { b: { c: 1 } } }, { a: { 'b.c': 'x' } }, { 'a.b': { c: true } })),
    hostile: fc.option(fc.dictionary(fc.constantFrom(...HOSTILE_NAMES), value, { maxKeys: 2 }), { freq: 4 }),
  })
  .map(
    ({ plain, size, http, deep, hostile }) =>
      // As a decoder makes it, `__proto__` included.
      JSON.parse(
        JSON.stringify({
          ...plain,
          ...(size === null ? {} : { size }),
          ...(http === null ? {} : { http }),
          ...deep,
          ...hostile,
        }),
      ) as JsonObject,
  );

const span: fc.Arbitrary<Partial<SpanRecord>> = fc
  .record({
    service: fc.constantFrom('checkout', 'cart', 'pay', ''),
    name: fc.constantFrom('GET /', 'POST /pay', "it's", ''),
    kind: fc.constantFrom(...SPAN_KINDS),
    status: fc.constantFrom(...SPAN_STATUSES),
    statusMessage: fc.constantFrom('', 'timed out', "it's"),
    scopeName: fc.constantFrom('', 'http'),
    scopeVersion: fc.constantFrom('', '1.0'),
    second: fc.integer({ min: -300, max: 300 }),
    durationNanos: fc.constantFrom(0n, 1n, 1_000_000n, 300_000_000n, 1_000_000_000n, 5_000_000_000n, 2n ** 62n),
    attributes,
    resource: attributes,
    ofScope: fc.option(attributes, { freq: 3 }),
    events: fc.array(
      fc.record({ name: fc.constantFrom('exception', 'log'), after: fc.integer({ min: -5, max: 5 }), attributes }),
      {
        maxLength: 2,
      },
    ),
    links: fc.array(fc.record({ traceId: fc.constantFrom(LINKED_TRACE, "x'"), attributes }), { maxLength: 1 }),
  })
  .map(({ second, ofScope, events, links, ...rest }) => ({
    ...rest,
    startTime: at(second, 7),
    details: ofScope === null ? {} : { schemaUrl: 'x', scope: { attributes: ofScope } },
    events: events.map(({ name, after, attributes: own }) => ({
      timestamp: at(second + after, 7),
      name,
      attributes: own,
      droppedAttributesCount: 0,
    })),
    links: links.map(({ traceId, attributes: own }) => ({
      traceId,
      spanId: '00000000000000bb',
      traceState: '',
      flags: 0,
      attributes: own,
      droppedAttributesCount: 0,
    })),
  }));

/** Traces of a few spans that are a tree, with names and values that are known to break programs. */
export function sampleTraces(count: number, seed: number): Partial<SpanRecord>[] {
  const traces = fc.sample(fc.array(span, { minLength: 1, maxLength: 6 }), { numRuns: count, seed });
  return traces.flatMap((spans, trace) => {
    const traceId = newTraceId();
    return spans.map((given, place) => ({
      ...given,
      traceId,
      spanId: idOf(trace, place),
      // Now and then the root is missing.
      parentSpanId: place === 0 ? (trace % 5 === 0 ? idOf(trace, 99) : '') : idOf(trace, Math.floor((place - 1) / 2)),
    }));
  });
}

function idOf(trace: number, place: number): string {
  return (trace * 100 + place + 1).toString(16).padStart(16, '0');
}

const attribute: fc.Arbitrary<SpanField> = fc.record({
  kind: fc.constant('attribute' as const),
  scope: fc.constantFrom('span', 'resource', 'event', 'link', 'instrumentation', 'any'),
  name: fc.oneof(
    { arbitrary: fc.constantFrom(...NAMES, 'http', 'a.b', 'a'), weight: 4 },
    fc.constantFrom(...HOSTILE_NAMES),
  ),
});

const INTRINSICS: readonly SpanIntrinsic[] = [
  'duration',
  'name',
  'status',
  'status-message',
  'kind',
  'span-id',
  'parent-id',
  'trace-id',
  'event-name',
  'event-time-since-start',
  'link-trace-id',
  'link-span-id',
  'scope-name',
  'scope-version',
];

/** A field, of the trace, too. */
export const spanField: fc.Arbitrary<SpanField> = fc.oneof(
  { arbitrary: attribute, weight: 6 },
  { arbitrary: fc.constantFrom(...INTRINSICS).map((name) => ({ kind: 'intrinsic' as const, name })), weight: 4 },
  fc
    .constantFrom('trace-duration' as const, 'root-service' as const, 'root-name' as const)
    .map((name) => ({ kind: 'trace' as const, name })),
);

const compared: fc.Arbitrary<SpanFieldValue> = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  fc.constantFrom('GET /', "it's", 'checkout', 'error', 'ok', 'server', 'exception', 'timed out', 'http', '1.0'),
  fc.constantFrom(0n, 1n, 1_000_000_000n, 5_000_000_000n, 500n, -5_000_000_000n, 2n ** 70n, -(2n ** 70n)),
  fc.constantFrom(1e9, 0.5, -1, 1e300, 300_000_000.5),
  fc.constantFrom('0000000000000001', LINKED_TRACE),
);
const order = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
/** JavaScript and RE2 read these alike. */
const regex = fc.constantFrom(
  'GET',
  'GET|POST',
  '.*',
  '.+',
  '[a-z]+.*',
  'u-[0-9]+',
  '500',
  '',
  "it's|timed out",
  '(?:x|").*',
  'a\\|b',
);

const leaf: fc.Arbitrary<SpanCondition> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant('compare' as const), field: spanField, op: order, value: compared }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('compare' as const),
      field: spanField,
      op: fc.constantFrom('=~' as const, '!~' as const),
      value: regex,
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constantFrom('present' as const, 'absent' as const), field: spanField }),
    weight: 2,
  },
  fc.constant({ kind: 'everything' as const }),
);

/** A condition; as whoever evaluates a query may ask it. */
export const spanCondition: fc.Arbitrary<SpanCondition> = fc.oneof(
  { arbitrary: leaf, weight: 3 },
  fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(leaf, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constantFrom('all' as const, 'any' as const),
    of: fc.array(
      fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(leaf, { maxLength: 2 }) }),
      {
        maxLength: 2,
      },
    ),
  }),
);
