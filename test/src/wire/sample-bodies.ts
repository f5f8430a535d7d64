import { protobufMessage, snappyLiterals } from '@aegisguard/testkit';

/** A valid request of one protocol, as a client would send it. */
export interface SampleBody {
  readonly name: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Puts bytes into the transport's wrapping: snappy for those that have it. */
  readonly wrap: (bytes: Uint8Array) => Buffer;
}

const plain = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

/** One valid body for every route and encoding, with events around `nowMs`. */
export function sampleBodies(nowMs: number): readonly SampleBody[] {
  const nanos = BigInt(nowMs) * 1_000_000n;
  return [...jsonBodies(nowMs), ...otlpProtobufBodies(nanos), ...snappyBodies(nowMs)];
}

function jsonBodies(nowMs: number): SampleBody[] {
  const nanos = `${BigInt(nowMs) * 1_000_000n}`;
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const spanId = 'b7ad6b7169203331';
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'fuzz' } }] };
  const json = (name: string, path: string, value: unknown): SampleBody => ({
    name,
    path,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
    wrap: plain,
  });
  return [
    json('native logs', '/v1/logs', {
      logs: [{ service: 'fuzz', message: 'm', timestamp: nowMs, level: 'warn', attributes: { a: { b: [1, 'x'] } } }],
    }),
    json('native metrics', '/v1/metrics', {
      metrics: [
        { name: 'fuzz_total', value: 1, type: 'counter', labels: { a: 'b' }, timestamp: nowMs },
        { name: 'fuzz_seconds', type: 'histogram', buckets: { '0.1': 1, '+Inf': 2 }, sum: 3, count: 2 },
      ],
    }),
    json('native spans', '/v1/traces', {
      spans: [
        {
          traceId,
          spanId,
          name: 's',
          service: 'fuzz',
          startTime: nowMs,
          durationMs: 5,
          events: [{ name: 'e', timestamp: nowMs }],
        },
      ],
    }),
    json('native rum', '/v1/rum', {
      application: 'fuzz',
      sessionId: 's-1',
      events: [{ type: 'vital', name: 'LCP', value: 1200, timestamp: nowMs, url: 'https://shop.example/' }],
    }),
    json('native security events', '/security-events/ingest', {
      events: [{ type: 'fuzz.tried', severity: 'low', timestamp: nowMs, actor: 'a', ip: '192.0.2.1', message: 'm' }],
    }),
    json('otlp logs json', '/v1/logs', {
      resourceLogs: [
        {
          resource,
          scopeLogs: [
            {
              scope: { name: 's' },
              logRecords: [{ timeUnixNano: nanos, body: { stringValue: 'm' }, traceId, spanId }],
            },
          ],
        },
      ],
    }),
    json('otlp spans json', '/v1/traces', {
      resourceSpans: [
        {
          resource,
          scopeSpans: [
            { spans: [{ traceId, spanId, name: 'n', kind: 2, startTimeUnixNano: nanos, endTimeUnixNano: nanos }] },
          ],
        },
      ],
    }),
    json('otlp metrics json', '/v1/metrics', {
      resourceMetrics: [
        {
          resource,
          scopeMetrics: [
            {
              metrics: [
                { name: 'g', gauge: { dataPoints: [{ timeUnixNano: nanos, asDouble: 1.5 }] } },
                {
                  name: 'h',
                  histogram: {
                    aggregationTemporality: 2,
                    dataPoints: [
                      { timeUnixNano: nanos, count: '2', sum: 3, bucketCounts: ['1', '1'], explicitBounds: [1] },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    }),
    json('loki json', '/loki/api/v1/push', {
      streams: [{ stream: { app: 'fuzz', level: 'info' }, values: [[nanos, 'line', { user: 'u' }]] }],
    }),
  ];
}

function otlpProtobufBodies(nanos: bigint): SampleBody[] {
  const attribute = (key: string, text: string) => protobufMessage({ 1: key, 2: protobufMessage({ 1: text }) });
  const resource = protobufMessage({ 1: [attribute('service.name', 'fuzz')] });
  const traceId = Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex');
  const spanId = Buffer.from('b7ad6b7169203331', 'hex');
  const body = (scoped: Uint8Array) => protobufMessage({ 1: protobufMessage({ 1: resource, 2: scoped }) });
  const otlp = (name: string, path: string, bytes: Buffer): SampleBody => ({
    name,
    path,
    headers: { 'content-type': 'application/x-protobuf' },
    body: bytes,
    wrap: plain,
  });
  const log = protobufMessage({
    1: nanos,
    2: 9,
    3: 'INFO',
    5: protobufMessage({ 1: 'message' }),
    6: [attribute('k', 'v')],
    9: traceId,
    10: spanId,
  });
  const span = protobufMessage({
    1: traceId,
    2: spanId,
    5: 'name',
    6: 2,
    7: nanos,
    8: nanos,
    9: [attribute('k', 'v')],
    11: protobufMessage({ 1: nanos, 2: 'event' }),
    15: protobufMessage({ 2: 'bad', 3: 2 }),
  });
  const gauge = protobufMessage({
    1: 'g',
    5: protobufMessage({ 1: protobufMessage({ 3: nanos, 4: { double: 1.5 }, 7: [attribute('k', 'v')] }) }),
  });
  return [
    otlp('otlp logs protobuf', '/v1/logs', body(protobufMessage({ 2: log }))),
    otlp('otlp spans protobuf', '/v1/traces', body(protobufMessage({ 2: span }))),
    otlp('otlp metrics protobuf', '/v1/metrics', body(protobufMessage({ 2: gauge }))),
  ];
}

function snappyBodies(nowMs: number): SampleBody[] {
  const labels = [
    ['__name__', 'fuzz'],
    ['a', 'b'],
  ] as const;
  const write1 = protobufMessage({
    1: protobufMessage({
      1: labels.map(([name, value]) => protobufMessage({ 1: name, 2: value })),
      2: protobufMessage({ 1: { double: 1 }, 2: nowMs }),
    }),
  });
  const write2 = protobufMessage({
    4: ['', '__name__', 'fuzz', 'a', 'b'],
    5: protobufMessage({
      1: Buffer.from([1, 2, 3, 4]),
      2: protobufMessage({ 1: { double: 1 }, 2: nowMs }),
      5: protobufMessage({ 1: 2 }),
    }),
  });
  const entry = protobufMessage({ 1: protobufMessage({ 1: Math.floor(nowMs / 1000) }), 2: 'line' });
  const push = protobufMessage({ 1: protobufMessage({ 1: '{app="fuzz"}', 2: entry }) });
  const snappy = (name: string, path: string, contentType: string, bytes: Buffer, version?: string): SampleBody => ({
    name,
    path,
    headers: {
      'content-type': contentType,
      'content-encoding': 'snappy',
      ...(version === undefined ? {} : { 'x-prometheus-remote-write-version': version }),
    },
    body: bytes,
    wrap: snappyLiterals,
  });
  return [
    snappy('remote write 1', '/api/v1/write', 'application/x-protobuf', write1, '0.1.0'),
    snappy(
      'remote write 2',
      '/api/v1/write',
      'application/x-protobuf;proto=io.prometheus.write.v2.Request',
      write2,
      '2.0.0',
    ),
    snappy('loki protobuf', '/loki/api/v1/push', 'application/x-protobuf', push),
  ];
}
