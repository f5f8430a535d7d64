import { protobufMessage, snappyLiterals } from '@aegisguard/testkit';
import { sampleBodies } from './sample-bodies.ts';

/** A request that cannot be taken, or not whole, with something private where the fault is. */
export interface RefusedBody {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** For every protocol: bodies that cannot be read, and records that are not valid, all of them because of the secret. */
export function refusedBodies(secret: string, nowMs: number): readonly RefusedBody[] {
  return [
    ...unreadable(secret, nowMs),
    ...invalidNative(secret),
    ...invalidOtlp(secret),
    ...invalidOthers(secret, nowMs),
  ];
}

/** The secret before, behind and instead of every sample body, and in its wrapping. */
function unreadable(secret: string, nowMs: number): RefusedBody[] {
  return sampleBodies(nowMs).flatMap(({ path, headers, body, wrap }) =>
    [
      wrap(Buffer.from(secret)),
      wrap(Buffer.from(`"${secret}"`)),
      wrap(Buffer.from(`{"logs":[{"message":"${secret}", ${secret}`)),
      wrap(Buffer.concat([body, Buffer.from(secret)])),
      wrap(Buffer.concat([Buffer.from(secret), body])),
      Buffer.from(secret),
    ].map((hostile) => ({ path, headers, body: hostile })),
  );
}

function json(path: string, value: object): RefusedBody {
  return { path, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) };
}

function invalidNative(secret: string): RefusedBody[] {
  const log = { service: 's', message: 'm' };
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    name: 'n',
    service: 's',
    startTime: 1,
    durationMs: 1,
  };
  const event = { type: 'view', timestamp: Date.now() };
  const metric = { name: 'm', value: 1 };
  const everywhere = (record: object, ...names: string[]) => [
    secret,
    { [secret]: secret },
    ...names.flatMap((name) => [
      { ...record, [name]: secret },
      { ...record, [name]: { [secret]: secret } },
      { ...record, [name]: [secret] },
    ]),
  ];
  const labels = { [`${secret}${'x'.repeat(2000)}`]: 'v' };
  return [
    json('/v1/logs', {
      logs: everywhere(log, 'timestamp', 'service', 'message', 'level', 'traceId', 'attributes', 'resource', 'host'),
    }),
    json('/v1/traces', {
      spans: everywhere(
        span,
        'traceId',
        'spanId',
        'parentSpanId',
        'startTime',
        'durationMs',
        'kind',
        'status',
        'events',
        'links',
        'attributes',
      ),
    }),
    json('/v1/rum', {
      application: 'a',
      sessionId: 's',
      events: everywhere(event, 'type', 'timestamp', 'value', 'durationMs', 'url', 'viewId', 'attributes'),
    }),
    json('/security-events/ingest', {
      events: everywhere(
        { type: 't', severity: 'low', timestamp: 1 },
        'type',
        'severity',
        'timestamp',
        'actor',
        'ip',
        'message',
        'attributes',
      ),
    }),
    json('/v1/rum', { application: { [secret]: secret }, sessionId: secret.repeat(100), events: [event] }),
    json('/v1/metrics', {
      metrics: [
        ...everywhere(
          metric,
          'name',
          'value',
          'type',
          'timestamp',
          'labels',
          'unit',
          'exemplar',
          'buckets',
          'quantiles',
        ),
        { ...metric, labels },
        { ...metric, labels: { [secret]: {} } },
      ],
    }),
  ];
}

function invalidOtlp(secret: string): RefusedBody[] {
  const names = [
    'traceId',
    'spanId',
    'timeUnixNano',
    'startTimeUnixNano',
    'endTimeUnixNano',
    'severityNumber',
    'kind',
    'body',
    'attributes',
    'name',
    'status',
    'events',
    'links',
    'gauge',
    'sum',
    'histogram',
  ];
  const records = [
    secret,
    ...names.flatMap((name) => [{ [name]: secret }, { [name]: { [secret]: secret } }, { [name]: [secret] }]),
  ];
  return [
    json('/v1/logs', { resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] }),
    json('/v1/logs', { resourceLogs: [{ resource: secret, scopeLogs: secret }] }),
    json('/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: records }] }] }),
    json('/v1/metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: records }] }] }),
    json('/v1/metrics', {
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'x', gauge: { dataPoints: records } }] }] }],
    }),
  ];
}

function invalidOthers(secret: string, nowMs: number): RefusedBody[] {
  const push = '/loki/api/v1/push';
  const stream = (labels: unknown, time: unknown, line: unknown) => ({ stream: labels, values: [[time, line]] });
  const streams = [
    stream({ a: 'b' }, secret, 'line'),
    stream({ a: 'b' }, `${nowMs}000000`, { [secret]: secret }),
    stream({ [secret]: 1 }, `${nowMs}000000`, 'line'),
    stream({ [secret.repeat(100)]: 'v' }, `${nowMs}000000`, 'line'),
    stream({ [secret]: 'v'.repeat(10_000) }, `${nowMs}000000`, 'line'),
    stream(secret, `${nowMs}000000`, 'line'),
  ];
  const entry = protobufMessage({ 1: protobufMessage({ 1: Math.floor(nowMs / 1000) }), 2: 'line' });
  const texts = [secret, `{${secret}`, `{a="${secret}`, `{a="b" ${secret}}`, `{"${secret}"="1","${secret}"="2"}`];
  const wire = texts.map((text) => protobufMessage({ 1: text, 2: entry }));
  const snappy = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' };
  const sample = protobufMessage({ 1: { double: 1 }, 2: nowMs });
  const label = (name: string, value: string) => protobufMessage({ 1: name, 2: value });
  const series = [
    [label('a', secret)],
    [label('__name__', secret), label(secret, '1'), label(secret, '2')],
    [label('__name__', 'm'), label(secret.repeat(100), '1')],
    [label('__name__', 'm'), label(secret, 'v'.repeat(10_000))],
  ].map((labels) => protobufMessage({ 1: labels, 2: sample }));
  return [
    json(push, { streams }),
    json(push, { streams: secret }),
    { path: push, headers: snappy, body: snappyLiterals(protobufMessage({ 1: wire })) },
    { path: '/api/v1/write', headers: snappy, body: snappyLiterals(protobufMessage({ 1: series })) },
  ];
}
