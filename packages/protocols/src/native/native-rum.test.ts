import { AegisError, type RumRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { buildNativeRum, verifyNativeRum } from './native-rum.ts';

const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 30 };
const header = { application: 'shop', sessionId: 's-1' };
const minimal = { type: 'view', timestamp: '2026-11-22T11:59:00Z' };
const time = 1_795_348_740_000_000_000n;

function bodyOf(events: unknown, more: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ ...header, ...more, events }));
}

function recordOf(members: object, more: object = {}): RumRecord {
  const body = bodyOf([{ ...minimal, ...members }], more);
  expect(verifyNativeRum(body, options)).toEqual({ total: 1, rejected: [] });
  return buildNativeRum(body, options, [])[0] as RumRecord;
}

function refusal(body: Uint8Array): AegisError {
  try {
    verifyNativeRum(body, options);
  } catch (error) {
    expect(error).toBeInstanceOf(AegisError);
    return error as AegisError;
  }
  throw new Error('the body was not refused');
}

describe('an event', () => {
  it('has every field as it was sent, and those of the body', () => {
    const data = { events: [{ type: 2, data: { node: [null, 'é'] } }] };
    const sent = {
      type: 'error',
      viewId: 'v-1',
      url: 'https://shop.test/a?b',
      name: 'TypeError',
      value: -0.5,
      durationMs: 12.5,
      stack: 'at a:1',
      attributes: { a: { b: 1 }, shared: 'mine' },
      data,
      cart: 3,
    };
    const more = {
      release: '1.2',
      env: 'prod',
      userId: 7,
      attributes: { shared: 'theirs', tenant: 't' },
      sdk: { v: 1 },
    };
    expect(recordOf(sent, more)).toEqual({
      timestamp: time,
      type: 'error',
      application: 'shop',
      release: '1.2',
      env: 'prod',
      sessionId: 's-1',
      userId: '7',
      viewId: 'v-1',
      url: 'https://shop.test/a?b',
      name: 'TypeError',
      value: -0.5,
      durationMs: 12.5,
      stack: 'at a:1',
      attributes: { a: { b: 1 }, shared: 'mine', cart: 3, tenant: 't', sdk: { v: 1 } },
      data,
      details: {},
      geo: {},
      userAgent: {},
      truncated: false,
      index: 0,
    });
  });

  it('has empty texts, NaN and null for what was not sent', () => {
    expect(recordOf({})).toEqual({
      timestamp: time,
      type: 'view',
      ...header,
      release: '',
      env: '',
      userId: '',
      viewId: '',
      url: '',
      name: '',
      value: Number.NaN,
      durationMs: Number.NaN,
      stack: '',
      attributes: {},
      data: null,
      details: {},
      geo: {},
      userAgent: {},
      truncated: false,
      index: 0,
    });
  });

  it('is cut to size', () => {
    const record = recordOf({ url: 'u'.repeat(9000), name: 'n'.repeat(9000), stack: 's'.repeat(70_000) });
    expect([record.url.length, record.name.length, record.stack.length, record.truncated]).toEqual([
      8192,
      8192,
      65_536,
      true,
    ]);
  });

  it('from the future is kept at the time of receipt', () => {
    const record = recordOf({ timestamp: '2026-11-24T00:00:00Z' });
    expect(record.timestamp).toBe(BigInt(options.receivedAtMs) * 1_000_000n);
    expect(record.attributes).toEqual({ 'aegis.original_timestamp': '2026-11-24T00:00:00Z' });
  });

  it.each([
    ['/type', { type: 'click' }],
    ['/type', { type: undefined }],
    ['/timestamp', { timestamp: undefined }],
    ['/timestamp', { timestamp: 'now' }],
    ['/viewId', { viewId: 1 }],
    ['/viewId', { viewId: 'v'.repeat(256) }],
    ['/url', { url: {} }],
    ['/stack', { stack: [] }],
    ['/value', { value: '1' }],
    ['/durationMs', { durationMs: -1 }],
    ['/attributes', { attributes: 'a' }],
    ['/data', { data: 'd'.repeat(1024 * 1024) }],
  ])('is refused for its %s', (path, members) => {
    const body = bodyOf([minimal, { ...minimal, ...members }]);
    const { total, rejected } = verifyNativeRum(body, options);
    expect(total).toBe(2);
    expect(rejected).toMatchObject([{ index: 1, path, code: 'invalid' }]);
    expect(buildNativeRum(body, options, [1]).map(({ index }) => index)).toEqual([0]);
    expect(buildNativeRum(body, options, [])).toHaveLength(2);
  });

  it('may have data of 1 MiB, nested as deep as documents are', () => {
    recordOf({ data: 'd'.repeat(1024 * 1024 - 2) });
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    recordOf({ data: nested(1000) });
    expect(verifyNativeRum(bodyOf([{ ...minimal, data: nested(1001) }]), options).rejected).toMatchObject([
      { path: '/data', message: 'data may be nested 1000 levels deep' },
    ]);
  });

  it('is refused for being too old, or too many attributes', () => {
    const many = Object.fromEntries(Array.from({ length: 513 }, (_, at) => [`k${at}`, at]));
    const body = bodyOf([{ ...minimal, timestamp: '2026-10-01T00:00:00Z' }, { ...minimal, ...many }, null]);
    expect(verifyNativeRum(body, options).rejected.map(({ path, code }) => [path, code])).toEqual([
      ['/timestamp', 'too-old'],
      ['/attributes', 'too-many-attributes'],
      ['', 'invalid'],
    ]);
  });
});

describe('a body', () => {
  it.each([
    ['Application is required.', { application: undefined }],
    ['Application must be a text that is not empty.', { application: '' }],
    ['SessionId is required.', { sessionId: null }],
    ['SessionId must be a text of at most 255 characters.', { sessionId: 's'.repeat(256) }],
    ['Release must be a text.', { release: {} }],
    ['What is not a field of the body may take 8192 characters of JSON.', { other: 'x'.repeat(8192) }],
  ])('is refused: %s', (detail, more) => {
    const error = refusal(bodyOf([minimal], more));
    expect([error.code, error.detail]).toEqual(['invalid-body', detail]);
  });

  it('has at most 1000 events, which must be an array', () => {
    expect(verifyNativeRum(bodyOf(Array(1000).fill(minimal)), options)).toEqual({ total: 1000, rejected: [] });
    expect(refusal(bodyOf(Array(1001).fill(minimal))).code).toBe('batch-too-large');
    expect(refusal(bodyOf({})).detail).toBe('"events" must be an array, found a JSON object.');
  });
});
