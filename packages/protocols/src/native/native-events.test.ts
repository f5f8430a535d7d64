import { AegisError, EVENT_SEVERITIES, type SecurityEventRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { buildNativeEvents, buildPlatformEvents, verifyNativeEvents } from './native-events.ts';

const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 365 };
const receivedAt = BigInt(options.receivedAtMs) * 1_000_000n;
const minimal = { type: 'door.opened', severity: 'low' };

function bodyOf(...events: unknown[]): Buffer {
  return Buffer.from(JSON.stringify({ events }));
}

function recordOf(members: object): SecurityEventRecord {
  const body = bodyOf({ ...minimal, ...members });
  expect(verifyNativeEvents(body, options)).toEqual({ total: 1, rejected: [] });
  return buildNativeEvents(body, options, [])[0] as SecurityEventRecord;
}

describe('a security event', () => {
  it('has every field as it was sent', () => {
    const sent = {
      type: 'auth.login_failed',
      severity: 'critical',
      timestamp: '2026-11-22T11:59:00.123456789Z',
      actor: 'ann@example.com',
      ip: '203.0.113.7',
      target: 'vpn',
      message: 'wrong password',
      attributes: { a: { b: [1] } },
      device: { os: 'plan9' },
    };
    expect(recordOf(sent)).toEqual({
      timestamp: 1_795_348_740_123_456_789n,
      type: 'auth.login_failed',
      severity: 'critical',
      source: 'ingested',
      actor: 'ann@example.com',
      ip: '203.0.113.7',
      country: '',
      target: 'vpn',
      message: 'wrong password',
      attributes: { a: { b: [1] }, device: { os: 'plan9' } },
      details: {},
      occurrences: 1,
      truncated: false,
      index: 0,
    });
  });

  it('needs a type and a severity only; it happened when it came', () => {
    expect(recordOf({})).toMatchObject({ timestamp: receivedAt, actor: '', ip: '', target: '', message: '' });
    for (const severity of EVENT_SEVERITIES) {
      expect(recordOf({ severity })).toMatchObject({ severity });
    }
  });

  it('cannot claim to be the platform’s, nor to stand for many', () => {
    const claim = { source: 'platform', occurrences: 9, country: 'XX', index: 7, attributes: { count: 1000 } };
    expect(recordOf(claim)).toMatchObject({
      source: 'ingested',
      occurrences: 1,
      country: '',
      index: 0,
      attributes: { source: 'platform', occurrences: 9, country: 'XX', index: 7, count: 1000 },
    });
  });

  it('is cut to size', () => {
    const { message, target, truncated } = recordOf({ message: 'm'.repeat(1_100_000), target: 't'.repeat(2000) });
    expect([message.length, target.length, truncated]).toEqual([1024 ** 2, 1024, true]);
  });

  it.each([
    ['/type', { type: undefined }],
    ['/type', { type: '' }],
    ['/type', { type: 't'.repeat(101) }],
    ['/severity', { severity: 'HIGH' }],
    ['/severity', { severity: undefined }],
    ['/timestamp', { timestamp: 'now' }],
    ['/timestamp', { timestamp: '2025-11-21T00:00:00Z' }],
    ['/actor', { actor: {} }],
    ['/ip', { ip: [] }],
    ['/message', { message: {} }],
    ['/attributes', { attributes: 'a' }],
    ['/attributes', Object.fromEntries(Array.from({ length: 513 }, (_, at) => [`k${at}`, at]))],
  ])('is refused for its %s', (path, members) => {
    const body = bodyOf(minimal, { ...minimal, ...members });
    expect(verifyNativeEvents(body, options)).toMatchObject({ total: 2, rejected: [{ index: 1, path }] });
    expect(buildNativeEvents(body, options, [1]).map(({ index }) => index)).toEqual([0]);
    expect(buildNativeEvents(body, options, [])).toHaveLength(2);
  });
});

it('the platform’s own events say how many they stand for', () => {
  const body = bodyOf(minimal, { ...minimal, attributes: { count: 41 } }, { ...minimal, attributes: { count: -1 } });
  expect(buildPlatformEvents(body, options, []).map(({ source, occurrences }) => [source, occurrences])).toEqual([
    ['platform', 1],
    ['platform', 41],
    ['platform', 1],
  ]);
});

it('a body has at most 1000 events', () => {
  expect(verifyNativeEvents(bodyOf(...Array(1000).fill(minimal)), options)).toEqual({ total: 1000, rejected: [] });
  expect(() => verifyNativeEvents(bodyOf(...Array(1001).fill(minimal)), options)).toThrow(
    expect.objectContaining({ code: 'batch-too-large' }),
  );
  expect(() => verifyNativeEvents(Buffer.from('{"events":{}}'), options)).toThrow(AegisError);
});
