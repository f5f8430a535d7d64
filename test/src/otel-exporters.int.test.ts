import { createApiKey, type JoinedServer, joinServer, signIn } from '@aegisguard/testkit';
import { Metadata } from '@grpc/grpc-js';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter as JsonMetrics,
} from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

// The official exporters, with nothing but an endpoint and a token: what goes in through them is read back equal.

const TRANSPORTS = ['http/json', 'http/protobuf', 'grpc'] as const;
type Transport = (typeof TRANSPORTS)[number];

const RESOURCE = {
  'service.namespace': 'shop',
  'service.instance.id': 'pod-7',
  'service.version': '1.2.3',
  'deployment.environment.name': 'staging',
  'host.name': 'node-1',
};

let server: JoinedServer;
let http = '';
let grpc = '';
let token = '';
let api: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  server = await joinServer();
  http = server.otlpHttpUrl;
  grpc = server.otlpGrpcUrl;
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  token = (await createApiKey(server, 'token', { name: 'exporters' })).secret;
});

afterAll(async () => {
  await server.leave();
});

function resourceOf(transport: Transport) {
  return resourceFromAttributes({ ...RESOURCE, 'service.name': `otel-${transport.replace('/', '-')}` });
}

function exporterOptions(path: string) {
  return { url: `${http}${path}`, headers: { authorization: `Bearer ${token}` } };
}

function grpcOptions() {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return { url: grpc, metadata };
}

async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  const answer = await api.post(path, body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

describe.each(TRANSPORTS)('over %s', (transport) => {
  const service = `otel-${transport.replace('/', '-')}`;

  it('spans arrive whole', async () => {
    const exporter =
      transport === 'grpc'
        ? new GrpcTraces(grpcOptions())
        : transport === 'http/json'
          ? new JsonTraces(exporterOptions('/v1/traces'))
          : new ProtoTraces(exporterOptions('/v1/traces'));
    const provider = new TracerProvider({
      resource: resourceOf(transport),
      spanProcessors: [new BatchSpanProcessor({ exporter })],
    });
    const tracer = provider.getTracer('story', '0.1.0');
    const parent = tracer.startSpan('GET /checkout', {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 500,
        ratio: 0.25,
        ok: false,
        tags: ['a', 'b'],
      },
    });
    parent.addEvent('cache miss', { key: 'cart:17' });
    const child = tracer.startSpan(
      'SELECT carts',
      { kind: SpanKind.CLIENT, links: [{ context: parent.spanContext(), attributes: { why: 'retry' } }] },
      trace.setSpan(ROOT_CONTEXT, parent),
    );
    child.end();
    parent.setStatus({ code: SpanStatusCode.ERROR, message: 'no such cart' });
    parent.end();
    await provider.forceFlush();
    await provider.shutdown();

    const { traceId, spanId } = parent.spanContext();
    await expect.poll(async () => (await api.get(`/query/traces/${traceId}`)).status).toBe(200);
    const found = (await (await api.get(`/query/traces/${traceId}`)).json()) as { spans: Record<string, unknown>[] };
    expect(found).toMatchObject({
      traceId,
      rootService: service,
      rootName: 'GET /checkout',
      spanCount: 2,
      errorCount: 1,
    });
    expect(found.spans[0]).toMatchObject({
      spanId,
      parentSpanId: null,
      kind: 'server',
      status: 'error',
      statusMessage: 'no such cart',
      service,
      host: 'node-1',
      env: 'staging',
      version: '1.2.3',
      scope: { name: 'story', version: '0.1.0' },
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 500,
        ratio: 0.25,
        ok: false,
        tags: ['a', 'b'],
      },
      resource: { ...RESOURCE, 'service.name': service },
      events: [{ name: 'cache miss', attributes: { key: 'cart:17' } }],
    });
    expect(found.spans[1]).toMatchObject({
      parentSpanId: spanId,
      depth: 1,
      kind: 'client',
      links: [{ traceId, spanId, attributes: { why: 'retry' } }],
    });
  });

  it('logs arrive whole', async () => {
    const exporter =
      transport === 'grpc'
        ? new GrpcLogs(grpcOptions())
        : transport === 'http/json'
          ? new JsonLogs(exporterOptions('/v1/logs'))
          : new ProtoLogs(exporterOptions('/v1/logs'));
    const provider = new LoggerProvider({
      resource: resourceOf(transport),
      processors: [new BatchLogRecordProcessor({ exporter })],
    });
    const logger = provider.getLogger('story', '0.1.0');
    logger.emit({
      severityNumber: 13,
      severityText: 'WARNING',
      body: 'card declined',
      attributes: { 'order.id': 42, retries: [1, 2] },
    });
    logger.emit({
      eventName: 'cart.emptied',
      body: { items: 3, who: 'guest' },
      attributes: { nested: { deep: true } },
    });
    await provider.forceFlush();
    await provider.shutdown();

    type Page = { logs: Record<string, unknown>[] };
    const search = () => post<Page>('/query/logs/search', { query: `{service="${service}"}`, direction: 'forward' });
    await expect.poll(async () => (await search()).logs.length).toBe(2);
    const { logs } = await search();
    expect(logs).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        severityNumber: 13,
        severityText: 'WARNING',
        message: 'card declined',
        host: 'node-1',
        env: 'staging',
        version: '1.2.3',
        scope: { name: 'story', version: '0.1.0' },
        attributes: { 'order.id': 42, retries: [1, 2] },
        resource: { ...RESOURCE, 'service.name': service },
      }),
    );
    const structured = logs.find(({ attributes }) => JSON.stringify(attributes).includes('"nested":{"deep":true}'));
    expect(JSON.parse(String(structured?.message))).toEqual({ items: 3, who: 'guest' });
    // A body of members is lifted into attributes as a JSON message is.
    expect(structured?.attributes).toEqual({ nested: { deep: true }, items: 3, who: 'guest' });
    expect(structured?.details).toMatchObject({ bodyType: 'map', eventName: 'cart.emptied' });
  });

  it('metrics arrive whole', async () => {
    const exporter =
      transport === 'grpc'
        ? new GrpcMetrics({ ...grpcOptions(), temporalityPreference: AggregationTemporalityPreference.CUMULATIVE })
        : transport === 'http/json'
          ? new JsonMetrics(exporterOptions('/v1/metrics'))
          : new ProtoMetrics(exporterOptions('/v1/metrics'));
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 600_000 });
    const provider = new MeterProvider({
      resource: resourceOf(transport),
      readers: [reader],
      views: [{ instrumentName: 'payload.size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    });
    const meter = provider.getMeter('story', '0.1.0');
    meter.createCounter('orders', { unit: '{order}', description: 'Orders taken.' }).add(3, { method: 'card' });
    meter.createGauge('queue.depth').record(7.5);
    const latency = meter.createHistogram('latency', { unit: 's', advice: { explicitBucketBoundaries: [0.1, 1] } });
    latency.record(0.05);
    latency.record(0.5);
    latency.record(5);
    meter.createHistogram('payload.size', { unit: 'By' }).record(1000);
    await provider.forceFlush();
    await provider.shutdown();

    type Vector = {
      data: {
        result: {
          metric: Record<string, string>;
          value?: [number, string];
          histogram?: [number, { count: string; sum: string }];
        }[];
      };
    };
    const read = async (selector: string) => (await post<Vector>('/query/metrics', { query: selector })).data.result;
    const where = `service_name="${service}"`;
    // Histograms are stored behind the samples of their batch.
    await expect.poll(async () => (await read(`payload_size_bytes{${where}}`)).length).toBe(1);
    expect((await read(`orders_total{${where}}`))[0]).toMatchObject({
      metric: {
        job: `shop/${service}`,
        instance: 'pod-7',
        method: 'card',
        service_name: service,
        otel_scope_name: 'story',
      },
      value: [expect.any(Number), '3'],
    });
    expect((await read(`queue_depth{${where}}`))[0]?.value?.[1]).toBe('7.5');
    const buckets = await read(`latency_seconds_bucket{${where}}`);
    expect(Object.fromEntries(buckets.map(({ metric, value }) => [metric.le, value?.[1]]))).toEqual({
      '0.1': '1',
      '1': '2',
      '+Inf': '3',
    });
    expect((await read(`latency_seconds_sum{${where}}`))[0]?.value?.[1]).toBe('5.55');
    expect((await read(`payload_size_bytes{${where}}`))[0]?.histogram?.[1]).toMatchObject({ count: '1', sum: '1000' });
    expect((await read(`target_info{job="shop/${service}"}`))[0]?.metric).toMatchObject({
      host_name: 'node-1',
      service_version: '1.2.3',
    });
  });
});

describe('with nothing but the environment that the page “Send data” shows', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['http/protobuf', ProtoTraces, ProtoLogs, ProtoMetrics],
    ['http/json', JsonTraces, JsonLogs, JsonMetrics],
    ['grpc', GrpcTraces, GrpcLogs, GrpcMetrics],
  ] as const)('all three signals are accepted over %s', async (protocol, Traces, Logs, Metrics) => {
    const { id, secret } = await createApiKey(server, 'token', { name: `environment ${protocol}` });
    vi.stubEnv('OTEL_SERVICE_NAME', 'my-service');
    vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', protocol);
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', protocol === 'grpc' ? grpc : server.url);
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', `authorization=Bearer%20${secret}`);
    const resource = detectResources({ detectors: [envDetector] });
    const spans = new TracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor({ exporter: new Traces() })],
    });
    const logs = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: new Logs() })] });
    const metrics = new MeterProvider({
      resource,
      readers: [new PeriodicExportingMetricReader({ exporter: new Metrics() })],
    });
    spans.getTracer('environment').startSpan('hello').end();
    logs.getLogger('environment').emit({ body: `hello over ${protocol}` });
    metrics.getMeter('environment').createCounter('hello').add(1);
    await Promise.all([spans.shutdown(), logs.shutdown(), metrics.shutdown()]);

    type Counts = { rows: { keyId: string; signal: string; protocol: string; outcome: string }[] };
    const counted = async () => {
      const { rows } = (await (await api.get('/ingest/counts')).json()) as Counts;
      const own = rows.filter(({ keyId }) => keyId === id);
      return own.map((row) => `${row.signal} ${row.protocol} ${row.outcome}`).sort();
    };
    const way = protocol === 'grpc' ? 'otlp-grpc' : 'otlp-http';
    const expected = ['logs', 'metrics', 'traces'].map((signal) => `${signal} ${way} accepted`);
    await expect.poll(counted).toEqual(expected);
    const query = `{service="my-service"} |= "hello over ${protocol}"`;
    const stored = async () => (await post<{ logs: unknown[] }>('/query/logs/search', { query })).logs.length;
    await expect.poll(stored).toBe(1);
  });
});
