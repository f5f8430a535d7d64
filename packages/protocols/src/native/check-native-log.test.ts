import { type JsonValue, nanosFromMs, parseTimestamp } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { EventWindow } from '../records/event-window.ts';
import { checkNativeLog } from './check-native-log.ts';
import { NativeLog } from './native-log-schema.ts';

const receivedAtMs = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
const window = new EventWindow(receivedAtMs, 30);

const fields = [
  'timestamp',
  'level',
  'service',
  'message',
  'host',
  'env',
  'version',
  'traceId',
  'trace_id',
  'spanId',
  'span_id',
];
const moreFields = ['scope', 'attributes', 'resource', 'ingestId', 'custom', '__proto__', 'constructor'];

function wide(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
}

/** A value that a field may well have, or any other. */
const anyValue = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', 'x'.repeat(255), 'x'.repeat(256), '2026-11-22T11:00:00Z', 'yesterday', null),
  },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()) },
  { weight: 2, arbitrary: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(200, 512, 513).map(wide) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
);

/** JSON as a client could write it; infinity as a number beyond the doubles. */
function jsonOf(value: unknown): string {
  return value === Number.POSITIVE_INFINITY ? '1e999' : JSON.stringify(value);
}

/** True when the schema stopped at the number of attributes, which it looks at first and we last. */
function isCrowded(error: z.ZodError): boolean {
  return error.issues.some(({ code, path }) => code === 'custom' && path[0] !== 'timestamp');
}

/** Records of any shape, most of them with the required fields, as JSON gives them (`__proto__` an own member). */
const anyLog = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(fc.constantFrom(...fields, ...moreFields), anyValue), { maxLength: 6 }))
  .map(([isComplete, members]) => {
    const required = isComplete ? '"service":"a","message":"b",' : '';
    const rest = members.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`);
    return JSON.parse(`{${required}${rest.join(',')}}`.replace(',}', '}')) as JsonValue;
  });

describe('the verdict on a native log', () => {
  it('is that of the schema', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: anyLog }, fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>),
        (log) => {
          const verdict = checkNativeLog(log, window);
          // Being too old is no matter of shape, and is looked at last.
          const fault = verdict?.code === 'too-old' ? undefined : verdict;
          const reference = NativeLog.safeParse(log);
          expect(fault === undefined).toBe(reference.success);
          if (fault?.code === 'invalid' && !reference.success && !isCrowded(reference.error)) {
            expect(reference.error.issues.map(({ path }) => (path.length === 0 ? '' : `/${path.join('/')}`))).toContain(
              fault.path,
            );
          }
          accepted += fault === undefined ? 1 : 0;
        },
      ),
      { numRuns: 2000 },
    );
    // The property must have seen both verdicts.
    expect(accepted).toBeGreaterThan(200);
    expect(accepted).toBeLessThan(1800);
  });

  it.each<[string, JsonValue]>([
    ['the two required fields', {}],
    ['an empty message', { message: '' }],
    [
      'null for every optional field',
      {
        timestamp: null,
        level: null,
        host: null,
        traceId: null,
        attributes: null,
        resource: null,
        scope: null,
        ingestId: null,
      },
    ],
    ['scalars for host, env and version', { host: 5, env: true, version: 1.2 }],
    ['a level of any spelling', { level: 'blue' }],
    ['a level as a number', { level: 17 }],
    ['the aliases', { trace_id: 'a', span_id: 'b' }],
    ['unknown fields', { user: { id: 1 }, tags: ['a'] }],
    ['a scope of any kind', { scope: 'checkout' }],
    ['512 attributes', { attributes: wide(512) }],
    ['512 attributes and a resource of 512', { attributes: wide(512), resource: wide(512) }],
    ['an array of many elements as one attribute', { attributes: { a: Array.from({ length: 1000 }, () => 1) } }],
    ['a time in the future', { timestamp: '2030-01-01T00:00:00Z' }],
    ['a time just young enough', { timestamp: receivedAtMs - 30 * DAY_MS }],
  ])('accepts %s', (_, log) => {
    expect(checkNativeLog({ service: 'a', message: 'b', ...(log as object) }, window)).toBeUndefined();
  });

  it.each<[JsonValue, string, string, string]>([
    [{ service: undefined as never }, '/service', 'invalid', 'service is required'],
    [{ service: '' }, '/service', 'invalid', 'service must be a text that is not empty'],
    [{ service: 7 }, '/service', 'invalid', 'service must be a text that is not empty'],
    [{ message: undefined as never }, '/message', 'invalid', 'message is required'],
    [{ message: null }, '/message', 'invalid', 'message must be a text'],
    [{ message: { a: 1 } }, '/message', 'invalid', 'message must be a text'],
    [{ level: true }, '/level', 'invalid', 'level must be a text or a number'],
    [{ level: ['info'] }, '/level', 'invalid', 'level must be a text or a number'],
    [{ host: {} }, '/host', 'invalid', 'host must be a text'],
    [{ env: [] }, '/env', 'invalid', 'env must be a text'],
    [{ version: {} }, '/version', 'invalid', 'version must be a text'],
    [{ traceId: 12 }, '/traceId', 'invalid', 'traceId must be a text of at most 255 characters'],
    [{ span_id: {} }, '/span_id', 'invalid', 'span_id must be a text of at most 255 characters'],
    [{ ingestId: 'x'.repeat(256) }, '/ingestId', 'invalid', 'ingestId must be a text of at most 255 characters'],
    [{ attributes: 'x' }, '/attributes', 'invalid', 'attributes must be an object'],
    [{ attributes: [] }, '/attributes', 'invalid', 'attributes must be an object'],
    [{ resource: 1 }, '/resource', 'invalid', 'resource must be an object'],
    [{ attributes: wide(513) }, '/attributes', 'too-many-attributes', 'a log has at most 512 attributes'],
    [{ attributes: wide(512), user: 1 }, '/attributes', 'too-many-attributes', 'a log has at most 512 attributes'],
    [{ scope: wide(513) }, '/attributes', 'too-many-attributes', 'a log has at most 512 attributes'],
    [{ resource: wide(513) }, '/resource', 'too-many-attributes', 'a log has at most 512 attributes'],
    [{ timestamp: true }, '/timestamp', 'invalid', 'timestamp must be a text or a number'],
    [
      { timestamp: 'noon' },
      '/timestamp',
      'invalid',
      '"noon" is not a time: RFC 3339, another usual form of date and time, or Unix s, ms, µs or ns',
    ],
    [
      { timestamp: '' },
      '/timestamp',
      'invalid',
      '"" is not a time: RFC 3339, another usual form of date and time, or Unix s, ms, µs or ns',
    ],
    [
      { timestamp: receivedAtMs - 30 * DAY_MS - 1 },
      '/timestamp',
      'too-old',
      'older than the 30 days that logs are kept',
    ],
    [{ timestamp: '0001-01-01T00:00:00Z' }, '/timestamp', 'too-old', 'older than the 30 days that logs are kept'],
    [{ timestamp: -1 }, '/timestamp', 'too-old', 'older than the 30 days that logs are kept'],
  ])('refuses %j', (log, path, code, message) => {
    expect(checkNativeLog({ service: 'a', message: 'b', ...(log as object) }, window)).toEqual({ path, code, message });
  });

  it.each([null, 1, 'x', true, []])('refuses %j as a log', (log) => {
    expect(checkNativeLog(log, window)).toEqual({ path: '', code: 'invalid', message: 'a log must be an object' });
  });

  it('quotes little of what was sent', () => {
    const fault = checkNativeLog({ service: 'a', message: 'b', timestamp: 'x'.repeat(10_000) }, window);
    expect(fault?.message).toContain(`"${'a'.repeat(60)}…"`);
  });

  it('knows the window to the nanosecond', () => {
    const oldest = nanosFromMs(receivedAtMs - 30 * DAY_MS);
    expect(parseTimestamp(String(oldest))).toBe(oldest);
    expect(checkNativeLog({ service: 'a', message: 'b', timestamp: String(oldest) }, window)).toBeUndefined();
    expect(checkNativeLog({ service: 'a', message: 'b', timestamp: String(oldest - 1n) }, window)?.code).toBe(
      'too-old',
    );
  });
});
