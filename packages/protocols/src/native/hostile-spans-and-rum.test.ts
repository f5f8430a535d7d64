import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchVerdict } from '../records/verdict.ts';
import { buildNativeEvents, verifyNativeEvents } from './native-events.ts';
import { buildNativeRum, verifyNativeRum } from './native-rum.ts';
import { buildNativeSpans, verifyNativeSpans } from './native-spans.ts';

const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 30 };

interface Format {
  readonly name: string;
  verify(body: Uint8Array): BatchVerdict;
  build(body: Uint8Array, rejected: readonly number[]): readonly { readonly attributes: object }[];
  /** A body with one record that has these members besides what it needs. */
  bodyOf(members: string): Buffer;
  readonly fields: readonly string[];
}

const formats: readonly Format[] = [
  {
    name: 'spans',
    verify: (body) => verifyNativeSpans(body, options),
    build: (body, rejected) => buildNativeSpans(body, options, rejected),
    bodyOf: (members) =>
      Buffer.from(
        `{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"n","service":"s","startTime":1795348740,"durationMs":1,${members}}]}`,
      ),
    fields: [
      'attributes',
      'resource',
      'name',
      'kind',
      'startTime',
      'traceId',
      'scope',
      'events',
      'links',
      'unknown',
      '__proto__',
    ],
  },
  {
    name: 'RUM events',
    verify: (body) => verifyNativeRum(body, options),
    build: (body, rejected) => buildNativeRum(body, options, rejected),
    bodyOf: (members) =>
      Buffer.from(`{"application":"a","sessionId":"s","events":[{"type":"error","timestamp":1795348740,${members}}]}`),
    fields: ['attributes', 'url', 'type', 'timestamp', 'viewId', 'value', 'data', 'unknown', '__proto__'],
  },
  {
    name: 'security events',
    verify: (body) => verifyNativeEvents(body, options),
    build: (body, rejected) => buildNativeEvents(body, options, rejected),
    bodyOf: (members) => Buffer.from(`{"events":[{"type":"t","severity":"low","timestamp":1795348740,${members}}]}`),
    fields: ['attributes', 'type', 'severity', 'timestamp', 'actor', 'ip', 'message', 'unknown', '__proto__'],
  },
];

/** `decoded`, or the code of the client error; anything else that happens is the test's failure. */
function outcome({ verify, build }: Format, body: Uint8Array): string {
  try {
    const { total, rejected } = verify(body);
    const records = build(
      body,
      rejected.map(({ index }) => index),
    );
    expect(records.length + rejected.length).toBe(total);
    for (const record of records) {
      JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    }
    build(body, []);
    return 'decoded';
  } catch (error) {
    if (error instanceof AegisError && error.status >= 400 && error.status < 500) {
      expect(error.detail?.length).toBeLessThan(250);
      return error.code;
    }
    throw error;
  }
}

describe.each(formats)('$name', (format) => {
  const valid = format.bodyOf(
    '"attributes":{"a":[true,null,{}]},"x":"\\ud83d\\ude00","events":[{"name":"e","timestamp":1}]',
  );

  it.each(['[', '{"a":', '[{"a":'])('nested very deep with %s', (opener) => {
    const closers: Record<string, string> = { '[': ']', '{"a":': '}', '[{"a":': '}]' };
    const deep = `${opener.repeat(30_000)}1${closers[opener]?.repeat(30_000)}`;
    for (const field of format.fields) {
      expect(outcome(format, format.bodyOf(`"${field}":${deep}`))).toBe('decoded');
    }
    const inBody = format.bodyOf('"x":1').toString().replace('{', `{"deep":${deep},`);
    expect(outcome(format, Buffer.from(inBody))).toMatch(/^(decoded|invalid-body)$/);
  });

  it('cut off at every byte', () => {
    const outcomes = new Set<string>();
    for (let end = 0; end < valid.length; end += 1) {
      outcomes.add(outcome(format, valid.subarray(0, end)));
    }
    expect([...outcomes]).toEqual(['invalid-json']);
  });

  it.each([
    [
      'numbers beyond the doubles',
      '"durationMs":1e400,"value":1e400,"attributes":{"a":-1e400},"timestamp":1e400,"startTime":1e400',
    ],
    ['numbers of very many digits', `"startTime":${'9'.repeat(100_000)},"timestamp":${'9'.repeat(100_000)}`],
    ['lone surrogates', '"\\ud800":"\\udfff","name":"\\ud800","attributes":{"\\ud800":["\\udbff"]},"data":"\\ud800"'],
    ['names of prototypes', '"__proto__":{"a":1},"constructor":1,"toString":2,"hasOwnProperty":3,"toJSON":4'],
    ['very many events and links', `"events":[${'{},'.repeat(50_000)}{}],"links":[${'1,'.repeat(50_000)}1]`],
    [
      'very many equal times',
      `"events":[${Array(20_000).fill('{"name":"","timestamp":1795348740123456789}').join(',')}]`,
    ],
  ])('%s are data', (_, members) => {
    expect(outcome(format, format.bodyOf(members))).toBe('decoded');
  });

  it('any JSON in any field, and bytes changed', () => {
    const anyField = fc
      .tuple(fc.constantFrom(...format.fields), fc.json({ maxDepth: 3 }))
      .map(([field, json]) => format.bodyOf(`"${field}":${json}`));
    const changed = fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => {
      const body = Buffer.from(valid);
      body[at] = byte;
      return body;
    });
    fc.assert(
      fc.property(fc.oneof(anyField, changed), (body) => {
        outcome(format, body);
      }),
      { numRuns: 1500 },
    );
  });
});
