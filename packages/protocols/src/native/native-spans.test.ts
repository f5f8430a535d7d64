import { AegisError, formatRfc3339Nanos, type SpanRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { buildNativeSpans, verifyNativeSpans } from './native-spans.ts';

const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 30 };
const start = '2026-11-22T11:59:00.000000001Z';
const minimal = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name: 'GET /',
  service: 'web',
  startTime: start,
  durationMs: 1,
};

function bodyOf(...spans: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify({ spans }));
}

function recordOf(members: object): SpanRecord {
  const body = bodyOf({ ...minimal, ...members });
  expect(verifyNativeSpans(body, options)).toEqual({ total: 1, rejected: [] });
  return buildNativeSpans(body, options, [])[0] as SpanRecord;
}

describe('a span', () => {
  it('is of the host, environment and version that its resource names, unless it says so itself', () => {
    const resource = {
      'host.name': 'node-1',
      'deployment.environment': 'older',
      'deployment.environment.name': 'staging',
      'service.version': 3,
    };
    expect(recordOf({ resource })).toMatchObject({ host: 'node-1', env: 'staging', version: '3', resource });
    expect(recordOf({ resource, env: 'prod', version: '4' })).toMatchObject({ env: 'prod', version: '4' });
    expect(recordOf({ resource: { 'deployment.environment': 'older' } })).toMatchObject({ env: 'older' });
    expect(recordOf({ resource: { 'service.version': { major: 1 }, 'host.name': null } })).toMatchObject({
      host: '',
      version: '',
    });
  });

  it('says where it ran in its resource, too, by the names of OpenTelemetry', () => {
    expect(recordOf({ host: 'node-1', env: 'prod', version: 4 }).resource).toEqual({
      'host.name': 'node-1',
      'deployment.environment.name': 'prod',
      'service.version': '4',
    });
    // What the resource says stays as it was sent, and the older name is one, too.
    const resource = { 'host.name': 'pod-1', 'deployment.environment': 'prod' };
    expect(recordOf({ host: 'node-1', env: 'prod', resource }).resource).toEqual(resource);
    expect(recordOf({ env: null }).resource).toEqual({});
  });

  it('has every field as it was sent', () => {
    const record = recordOf({
      traceId: '0AF7651916CD43DD8448EB211C80319C',
      parentSpanId: '00F067AA0BA902B7',
      traceState: 'a=1',
      kind: 'server',
      host: 'h',
      env: 'prod',
      version: 2,
      durationMs: undefined,
      endTime: '2026-11-22T11:59:00.000000042Z',
      status: 'error',
      statusMessage: 'no',
      scope: { name: 'lib', version: '1', more: true },
      attributes: { http: { status: 500 } },
      resource: { 'k8s.pod': 'x' },
      team: 'a',
      events: [{ name: 'exception', timestamp: start, attributes: { a: 1 }, extra: [2] }],
      links: [{ traceId: minimal.traceId, span_id: minimal.spanId, attributes: { b: 1 }, weight: 3 }],
    });
    expect(formatRfc3339Nanos(record.startTime)).toBe(start);
    expect(record).toEqual({
      traceId: minimal.traceId,
      spanId: minimal.spanId,
      parentSpanId: '00f067aa0ba902b7',
      traceState: 'a=1',
      name: 'GET /',
      kind: 'server',
      service: 'web',
      host: 'h',
      env: 'prod',
      version: '2',
      startTime: record.startTime,
      durationNanos: 41n,
      status: 'error',
      statusMessage: 'no',
      scopeName: 'lib',
      scopeVersion: '1',
      attributes: { http: { status: 500 }, scope: { more: true }, team: 'a' },
      resource: {
        'k8s.pod': 'x',
        'host.name': 'h',
        'deployment.environment.name': 'prod',
        'service.version': '2',
      },
      events: [
        { timestamp: record.startTime, name: 'exception', attributes: { a: 1, extra: [2] }, droppedAttributesCount: 0 },
      ],
      links: [
        {
          traceId: minimal.traceId,
          spanId: minimal.spanId,
          traceState: '',
          flags: 0,
          attributes: { b: 1, weight: 3 },
          droppedAttributesCount: 0,
        },
      ],
      details: {},
      geo: {},
      userAgent: {},
      truncated: false,
      index: 0,
    });
  });

  it('may have its ids under their other names, a trace id of 16 digits, a parent of zeros', () => {
    const record = recordOf({
      traceId: undefined,
      trace_id: 'B7AD6B7169203331',
      spanId: null,
      span_id: minimal.spanId,
      parent_span_id: '0000000000000000',
    });
    expect(record).toMatchObject({
      traceId: '0000000000000000b7ad6b7169203331',
      spanId: minimal.spanId,
      parentSpanId: '',
      attributes: {},
    });
  });

  it.each([
    [1, 1_000_000n],
    [0, 0n],
    [0.25, 250_000n],
    [1234.567, 1_234_567_000n],
    [86_400_000.001, 86_400_000_001_000n],
  ])('of %d ms', (durationMs, nanos) => {
    expect(recordOf({ durationMs }).durationNanos).toBe(nanos);
  });

  it('with times in nanoseconds as JSON numbers loses no digit', () => {
    const body = Buffer.from(
      JSON.stringify({ spans: [{ ...minimal, durationMs: undefined, events: [{ name: 'e', timestamp: 'T' }] }] })
        .replace(`"${start}"`, '1795348740123456781')
        .replace('"name":"GET /"', '"name":"GET /","endTime":1795348740123456789')
        .replace('"T"', '1795348740123456785'),
    );
    expect(buildNativeSpans(body, options, [])).toMatchObject([
      { startTime: 1_795_348_740_123_456_781n, durationNanos: 8n, events: [{ timestamp: 1_795_348_740_123_456_785n }] },
    ]);
  });

  it('that ends before it begins has no duration', () => {
    const endTime = '2026-11-22T11:58:00Z';
    expect(recordOf({ durationMs: 5, endTime })).toMatchObject({
      durationNanos: 0n,
      details: { originalEndTime: '2026-11-22T11:58:00.000000000Z' },
    });
  });

  it('from the future is kept at the time of receipt', () => {
    const startTime = '2026-11-24T00:00:00Z';
    const record = recordOf({ startTime });
    expect([record.startTime, record.attributes]).toEqual([
      BigInt(options.receivedAtMs) * 1_000_000n,
      { 'aegis.original_timestamp': startTime },
    ]);
  });

  it.each([
    ['SERVER', 'server'],
    [3, 'client'],
    [null, 'unspecified'],
  ])('of kind %s', (kind, expected) => {
    expect(recordOf({ kind }).kind).toBe(expected);
  });

  it('is cut to size', () => {
    const record = recordOf({ name: 'n'.repeat(2000) });
    expect([record.name.length, record.truncated]).toEqual([1024, true]);
  });
});

describe('a span is refused', () => {
  it.each([
    ['/traceId', { traceId: 'x' }],
    ['/traceId', { traceId: '0'.repeat(32) }],
    ['/traceId', { traceId: 1 }],
    ['/spanId', { spanId: '' }],
    ['/spanId', { spanId: '0000000000000000' }],
    ['/parentSpanId', { parentSpanId: 'abc' }],
    ['/name', { name: undefined }],
    ['/name', { name: 1 }],
    ['/service', { service: '' }],
    ['/kind', { kind: 'sever' }],
    ['/kind', { kind: 6 }],
    ['/status', { status: 'bad' }],
    ['/statusMessage', { statusMessage: {} }],
    ['/startTime', { startTime: undefined }],
    ['/startTime', { startTime: 'yesterday' }],
    ['/startTime', { startTime: [] }],
    ['/endTime', { durationMs: undefined }],
    ['/endTime', { endTime: 'x' }],
    ['/endTime', { endTime: '2300-01-01T00:00:00Z' }],
    ['/durationMs', { durationMs: -1 }],
    ['/durationMs', { durationMs: '1' }],
    ['/durationMs', { durationMs: 1e15 }],
    ['/attributes', { attributes: [] }],
    ['/resource', { resource: 1 }],
    ['/events', { events: {} }],
    ['/events/0', { events: [1] }],
    ['/events/1/name', { events: [{ name: '', timestamp: 1.7e9 }, {}] }],
    ['/events/0/timestamp', { events: [{ name: 'e' }] }],
    ['/links/0/traceId', { links: [{ spanId: minimal.spanId }] }],
    ['/links/0/spanId', { links: [{ traceId: minimal.traceId }] }],
    ['/links/0/traceState', { links: [{ ...minimal, traceState: 1 }] }],
  ])('for its %s: %j', (path, members) => {
    const body = bodyOf(minimal, { ...minimal, ...members });
    const { total, rejected } = verifyNativeSpans(body, options);
    expect(total).toBe(2);
    expect(rejected).toMatchObject([{ index: 1, path, code: 'invalid' }]);
    expect(buildNativeSpans(body, options, [1]).map(({ index }) => index)).toEqual([0]);
    // A worker of another version that takes it all the same makes something of it.
    expect(buildNativeSpans(body, options, [])).toHaveLength(2);
  });

  it('for too many attributes, wherever they are', () => {
    const many = Object.fromEntries(Array.from({ length: 513 }, (_, at) => [`k${at}`, at]));
    const body = bodyOf(
      { ...minimal, attributes: many },
      { ...minimal, ...many },
      { ...minimal, resource: many },
      { ...minimal, events: [{ name: 'e', timestamp: start, ...many }] },
      { ...minimal, links: [{ ...minimal, attributes: many }] },
      1,
    );
    expect(verifyNativeSpans(body, options).rejected.map(({ path, code }) => [path, code])).toEqual([
      ['/attributes', 'too-many-attributes'],
      ['/attributes', 'too-many-attributes'],
      ['/resource', 'too-many-attributes'],
      ['/events/0/attributes', 'too-many-attributes'],
      ['/links/0/attributes', 'too-many-attributes'],
      ['', 'invalid'],
    ]);
  });

  it('when it is too old', () => {
    const body = bodyOf({ ...minimal, startTime: '2026-10-01T00:00:00Z' });
    expect(verifyNativeSpans(body, options).rejected).toMatchObject([{ path: '/startTime', code: 'too-old' }]);
  });
});

it('a batch holds at most 500 spans', () => {
  expect(verifyNativeSpans(bodyOf(...Array(500).fill(minimal)), options)).toEqual({ total: 500, rejected: [] });
  expect(() => verifyNativeSpans(bodyOf(...Array(501).fill(minimal)), options)).toThrow(
    new AegisError('batch-too-large', {
      detail: 'A batch has at most 500 spans, this one has 501.',
      members: { limit: 500 },
    }),
  );
});
