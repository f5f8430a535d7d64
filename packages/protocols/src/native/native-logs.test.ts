import { AegisError, ATTRIBUTE_BYTES_MAX, formatRfc3339Nanos, type JsonValue, type LogRecord } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_BYTES_MAX } from '../records/record-limits.ts';
import { decodeNativeLogs } from '../testing/decode-native-logs.ts';
import { buildNativeLogs, verifyNativeLogs } from './native-logs.ts';

const receivedAtMs = Date.parse('2026-11-22T12:00:00Z');
const options = { receivedAtMs, retentionDays: 30 };
const receipt = '2026-11-22T12:00:00.000000000Z';

function bodyOf(...logs: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify({ logs }));
}

/** The record of a log with the given fields, written as JSON members. */
function recordOf(members: string): LogRecord {
  const { records } = decodeNativeLogs(Buffer.from(`{"logs":[{"service":"a","message":"b",${members}}]}`), options);
  expect(records).toHaveLength(1);
  return records[0] as LogRecord;
}

function refusal(body: Uint8Array): AegisError {
  try {
    decodeNativeLogs(body, options);
  } catch (error) {
    expect(error).toBeInstanceOf(AegisError);
    return error as AegisError;
  }
  throw new Error('the body was not refused');
}

describe('a batch', () => {
  it('may be empty', () => {
    expect(decodeNativeLogs(bodyOf(), options)).toEqual({ total: 0, rejected: [], records: [] });
  });

  it('is accepted in part, with every fault named', () => {
    const { total, rejected, records } = decodeNativeLogs(
      bodyOf({ service: 'a', message: '0' }, 1, { service: 'a' }, { service: 'a', message: '3' }),
      options,
    );
    expect(total).toBe(4);
    expect(rejected).toEqual([
      { index: 1, path: '', code: 'invalid', message: 'a log must be an object' },
      { index: 2, path: '/message', code: 'invalid', message: 'message is required' },
    ]);
    expect(records.map(({ index, message }) => [index, message])).toEqual([
      [0, '0'],
      [3, '3'],
    ]);
  });

  it('holds at most 1000 logs', () => {
    const log = { service: 'a', message: 'b' };
    expect(verifyNativeLogs(bodyOf(...Array.from({ length: 1000 }, () => log)), options).total).toBe(1000);
    const error = refusal(bodyOf(...Array.from({ length: 1001 }, () => log)));
    expect([error.code, error.status, error.members, error.detail]).toEqual([
      'batch-too-large',
      413,
      { limit: 1000 },
      'A batch has at most 1000 logs, this one has 1001.',
    ]);
  });

  it.each([
    ['[]', 'The body must be an object {"logs": […]}, not an array.'],
    ['null', 'The body must be an object {"logs": […]}, not null.'],
    ['"logs"', 'The body must be an object {"logs": […]}, not a JSON string.'],
    ['{}', '"logs" must be an array, found nothing.'],
    ['{"logs":{}}', '"logs" must be an array, found a JSON object.'],
    ['{"logs":null}', '"logs" must be an array, found null.'],
    ['{"logs":[1],"logs":2}', '"logs" must be an array, found a JSON number.'],
  ])('is refused as %s', (body, detail) => {
    const error = refusal(Buffer.from(body));
    expect([error.code, error.status, error.detail]).toEqual(['invalid-body', 400, detail]);
  });
});

describe('a record', () => {
  it('has every field as it was sent', () => {
    const log = {
      timestamp: '2026-11-22T11:59:58.123456789Z',
      level: 'Warning',
      service: 'checkout',
      message: 'slow',
      host: 'web-1',
      env: 'prod',
      version: '1.2.3',
      traceId: '0AF7651916CD43DD8448EB211C80319C',
      spanId: 'b7ad6b7169203331',
      scope: { name: 'http', version: '2' },
      attributes: { http: { status: 200, ok: true, ratio: 0.5 }, tags: ['a', 'b'] },
      resource: { 'k8s.pod': 'x' },
      ingestId: 'id-1',
    };
    const { timestamp, ...record } = decodeNativeLogs(bodyOf(log), options).records[0] as LogRecord;
    expect(formatRfc3339Nanos(timestamp)).toBe(log.timestamp);
    expect(record).toEqual({
      level: 'info',
      severityNumber: 0,
      severityText: 'Warning',
      service: 'checkout',
      message: 'slow',
      host: 'web-1',
      env: 'prod',
      version: '1.2.3',
      traceId: log.traceId,
      spanId: log.spanId,
      scopeName: 'http',
      scopeVersion: '2',
      attributes: log.attributes,
      resource: log.resource,
      details: {},
      ingestId: 'id-1',
      geo: {},
      userAgent: {},
      truncated: false,
      index: 0,
    });
  });

  it('has empty texts, no attributes and the time of receipt when nothing was sent', () => {
    const { timestamp, ...record } = decodeNativeLogs(bodyOf({ service: 'a', message: '' }), options)
      .records[0] as LogRecord;
    expect(formatRfc3339Nanos(timestamp)).toBe(receipt);
    expect(record).toMatchObject({
      level: 'info',
      severityNumber: 0,
      severityText: '',
      message: '',
      host: '',
      traceId: '',
      attributes: {},
      resource: {},
    });
  });

  it.each([
    ['"level":17', 17, ''],
    ['"level":25', 0, '25'],
    ['"level":0', 0, '0'],
    ['"level":9.5', 0, '9.5'],
    ['"level":"17"', 0, '17'],
    ['"level":null', 0, ''],
  ])('%s', (members, severityNumber, severityText) => {
    expect(recordOf(members)).toMatchObject({ severityNumber, severityText });
  });

  it('takes the aliases, and keeps one that is not needed as an attribute', () => {
    expect(recordOf('"trace_id":"t","span_id":"s"')).toMatchObject({ traceId: 't', spanId: 's', attributes: {} });
    expect(recordOf('"trace_id":"t","traceId":"","span_id":"s","spanId":null')).toMatchObject({
      traceId: 't',
      spanId: 's',
      attributes: {},
    });
    expect(recordOf('"trace_id":"t","traceId":"T"')).toMatchObject({ traceId: 'T', attributes: { trace_id: 't' } });
  });

  it('keeps unknown fields as attributes; a declared attribute keeps its name', () => {
    expect(recordOf('"user":{"id":1},"tags":["x"],"none":null').attributes).toEqual({ user: { id: 1 }, tags: ['x'] });
    expect(recordOf('"user":"field","attributes":{"user":"attribute"}').attributes).toEqual({
      user: 'attribute',
      'aegis.record.user': 'field',
    });
  });

  it('keeps what of a scope is not its name and version', () => {
    expect(recordOf('"scope":"checkout"').attributes).toEqual({ scope: 'checkout' });
    const record = recordOf('"scope":{"name":"http","version":3,"attributes":{"a":1}}');
    expect(record).toMatchObject({
      scopeName: 'http',
      scopeVersion: '3',
      attributes: { scope: { attributes: { a: 1 } } },
    });
    expect(recordOf('"scope":{"name":["x"]}')).toMatchObject({ scopeName: '', attributes: { scope: { name: ['x'] } } });
  });

  it('writes scalars as texts', () => {
    expect(recordOf('"host":5,"env":true,"version":1.5')).toMatchObject({ host: '5', env: 'true', version: '1.5' });
  });

  it('keeps names that mean something to JavaScript as data', () => {
    const { attributes } = recordOf('"__proto__":{"polluted":1},"constructor":"c","attributes":{"__proto__":2}');
    expect(JSON.stringify(attributes)).toBe(
      '{"__proto__":2,"aegis.record.__proto__":{"polluted":1},"constructor":"c"}',
    );
    expect(recordOf('"__proto__":{"polluted":1}').attributes).not.toHaveProperty('polluted');
    expect(JSON.stringify(recordOf('"__proto__":{"polluted":1}').attributes)).toBe('{"__proto__":{"polluted":1}}');
  });

  it('keeps NUL and control characters, and makes a lone surrogate U+FFFD', () => {
    const members = '"host":"a\\u0000\\u001b","attributes":{"x\\u0000":"\\ud83d"}';
    expect(recordOf(members)).toMatchObject({ host: 'a\u0000\u001b', attributes: { 'x\u0000': '\uFFFD' } });
  });

  it('cuts a long message and long values, never inside a character', () => {
    const message = `a${'é'.repeat(MESSAGE_BYTES_MAX / 2)}`;
    const value = `a${'é'.repeat(ATTRIBUTE_BYTES_MAX / 2)}`;
    const [first, second, third] = decodeNativeLogs(
      bodyOf(
        { service: 'a', message },
        { service: 'a', message: 'b', attributes: { value } },
        { service: 'a', message: 'b' },
      ),
      options,
    ).records as [LogRecord, LogRecord, LogRecord];
    expect([first.message, first.truncated]).toEqual([message.slice(0, -1), true]);
    expect([second.attributes, second.truncated]).toEqual([{ value: value.slice(0, -1) }, true]);
    expect(third.truncated).toBe(false);
  });
});

describe('times', () => {
  it.each([
    ['"timestamp":"2026-11-22 10:00:00,5+01:00"', '2026-11-22T09:00:00.500000000Z'],
    ['"timestamp":1795341600', '2026-11-22T10:00:00.000000000Z'],
    ['"timestamp":1795341600123', '2026-11-22T10:00:00.123000000Z'],
    ['"timestamp":"1795341600123456789"', '2026-11-22T10:00:00.123456789Z'],
    ['"timestamp":1795341600123456789', '2026-11-22T10:00:00.123456789Z'],
    ['"timestamp":null', receipt],
    ['"timestamp":"2026-11-23T12:00:00Z"', '2026-11-23T12:00:00.000000000Z'],
  ])('%s', (members, expected) => {
    const record = recordOf(members);
    expect(formatRfc3339Nanos(record.timestamp)).toBe(expected);
    expect(record.attributes).toEqual({});
  });

  it.each<[string, JsonValue]>([
    ['"timestamp":"2026-11-23T12:00:00.000000001Z"', '2026-11-23T12:00:00.000000001Z'],
    ['"timestamp":"9999-12-31T23:59:59Z"', '9999-12-31T23:59:59Z'],
    ['"timestamp":9999999999', 9_999_999_999],
  ])('%s is too far ahead: the time of receipt, and the original kept', (members, original) => {
    const record = recordOf(members);
    expect(formatRfc3339Nanos(record.timestamp)).toBe(receipt);
    expect(record.attributes).toEqual({ 'aegis.original_timestamp': original });
  });

  it('are exact for nanoseconds as JSON numbers, whatever else the batch holds', () => {
    const base = 1_795_341_600_123_456_000n;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(999), fc.constantFrom('', '"timestamp":7,', '"x":"\\"timestamp\\": 1",')), {
          minLength: 1,
          maxLength: 20,
        }),
        (items) => {
          const logs = items.map(
            ([nanos, noise], i) =>
              `{"attributes":{${noise}"i":${i}},"timestamp" : ${base + BigInt(nanos)},"service":"a","message":"b"}`,
          );
          const { records } = decodeNativeLogs(Buffer.from(`{"logs":[${logs.join(',')}]}`), options);
          expect(records.map(({ timestamp }) => timestamp)).toEqual(items.map(([nanos]) => base + BigInt(nanos)));
        },
      ),
    );
  });
});

describe('the gateway and the worker', () => {
  const anyLogs = fc.array(
    fc.oneof(
      fc.record(
        {
          service: fc.constantFrom('a', ''),
          message: fc.oneof(fc.string(), fc.constant(5)),
          timestamp: fc.oneof(
            fc.constantFrom('2026-11-22T11:00:00Z', '2001-01-01', 'x'),
            fc.jsonValue({ maxDepth: 1 }),
          ),
          host: fc.jsonValue({ maxDepth: 1 }),
          attributes: fc.jsonValue({ maxDepth: 3 }),
          extra: fc.jsonValue({ maxDepth: 2 }),
        },
        { requiredKeys: ['service'] },
      ),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    { maxLength: 8 },
  );

  it('agree: one accepts what the other builds', () => {
    fc.assert(
      fc.property(anyLogs, (logs) => {
        const body = bodyOf(...logs);
        const verdict = verifyNativeLogs(body, options);
        const { records, ...rest } = decodeNativeLogs(body, options);
        const rejected = verdict.rejected.map(({ index }) => index);
        expect(rest).toEqual(verdict);
        expect(records.length + rejected.length).toBe(logs.length);
        expect(buildNativeLogs(body, options, rejected)).toEqual(records);
      }),
      { numRuns: 500 },
    );
  });

  it('lose nothing where they disagree: whatever was accepted becomes a record', () => {
    fc.assert(
      fc.property(anyLogs, (logs) => {
        const records = buildNativeLogs(bodyOf(...logs), options, [1]);
        expect(records.map(({ index }) => index)).toEqual(logs.map((_, index) => index).filter((index) => index !== 1));
        for (const record of records) {
          expect(record.service).not.toBe('');
          expect(typeof record.message).toBe('string');
        }
      }),
    );
  });

  it('keep the content of a record that the worker would have refused', () => {
    const logs = [7, { message: { a: 1 }, timestamp: 'noon', attributes: [1], host: { h: 1 } }];
    const [first, second] = buildNativeLogs(bodyOf(...logs), options, []) as [LogRecord, LogRecord];
    expect([first.service, first.message]).toEqual(['unknown', '7']);
    expect(second).toMatchObject({
      service: 'unknown',
      message: '{"a":1}',
      host: '{"h":1}',
      attributes: { attributes: [1], 'aegis.original_timestamp': 'noon' },
    });
  });
});
