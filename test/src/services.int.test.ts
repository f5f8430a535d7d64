import type {
  DependenciesAnswer,
  EnvironmentsAnswer,
  OperationsAnswer,
  ServiceMapAnswer,
  ServicesAnswer,
  ServiceTimelineAnswer,
  TraceSearchAnswer,
} from '@aegisguard/model';
import { type JoinedServer, joinServer, signHeaders, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// What traces come to: services, operations, who calls whom, and the metrics made of them.

/** Edges are made half a minute after their spans came, metrics every 15 s, and a busy machine is slow. */
const SOON = { timeout: 150_000, interval: 1000 };
const TRACES = 20;
const BASE_MS = Date.now() - 5_000;
/** Of one in five orders the database says no. */
const isFailed = (n: number) => n % 5 === 0;

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
});

afterAll(() => server.leave());

function spansOf(n: number) {
  const traceId = n.toString(16).padStart(32, 'c');
  const id = (place: number) => (n * 16 + place + 1).toString(16).padStart(16, '0');
  const status = isFailed(n) ? 'error' : 'unset';
  const span = (place: number, parent: number | undefined, given: object) => ({
    traceId,
    spanId: id(place),
    ...(parent === undefined ? {} : { parentSpanId: id(parent) }),
    startTime: new Date(BASE_MS + n).toISOString(),
    ...given,
  });
  const http = { 'http.request.method': 'POST', 'server.address': 'orders.internal' };
  const database = { 'db.system.name': 'postgresql', 'db.namespace': 'shop' };
  const topic = { 'messaging.system': 'kafka', 'messaging.destination.name': 'mails' };
  const version = n < 5 ? '1.0' : '1.1';
  const env = n < 5 ? 'staging' : 'production';
  return {
    callers: [
      span(0, undefined, { service: 'web', name: 'POST /order', kind: 'server', durationMs: 100, version, env }),
      span(1, 0, { service: 'web', name: 'POST', kind: 'client', durationMs: 60, attributes: http }),
    ],
    callees: [
      span(2, 1, { service: 'orders', name: 'POST /orders', kind: 'server', durationMs: 40, status }),
      span(3, 2, { service: 'orders', name: 'INSERT', kind: 'client', durationMs: 10, status, attributes: database }),
      span(4, 2, { service: 'orders', name: 'send mails', kind: 'producer', durationMs: 2, attributes: topic }),
    ],
    takers: [span(5, 4, { service: 'mails', name: 'take mails', kind: 'consumer', durationMs: 3, attributes: topic })],
  };
}

async function send(spans: readonly object[], key: string): Promise<void> {
  const body = JSON.stringify({ spans });
  const headers = {
    'content-type': 'application/json',
    'x-idempotency-key': `${server.orgId} ${key}`,
    ...signHeaders(server, body),
  };
  const answer = await fetch(`${server.url}/v1/traces`, { method: 'POST', headers, body });
  expect(answer.status).toBe(202);
}

async function ask<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await api.post(path, body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

async function metric(query: string): Promise<Record<string, number>> {
  const { data } = await ask<{ data: { result: { metric: object; value: [number, string] }[] } }>('/query/metrics', {
    query,
  });
  return Object.fromEntries(
    data.result.map(({ metric: labels, value }) => [Object.values(labels).join(' '), Number(value[1])]),
  );
}

const RANGE = { start: new Date(BASE_MS - 60_000).toISOString(), end: new Date(BASE_MS + 180_000).toISOString() };

it('traces of three services, a database and a queue become figures, edges and metrics', {
  timeout: 300_000,
}, async () => {
  const traces = Array.from({ length: TRACES }, (_, n) => spansOf(n));
  // What is called comes before its callers, and one batch twice.
  await send(
    traces.flatMap(({ callees }) => callees),
    'callees',
  );
  await send(
    traces.flatMap(({ callers }) => callers),
    'callers',
  );
  await send(
    traces.flatMap(({ callees }) => callees),
    'callees',
  );
  await send(
    traces.flatMap(({ takers }) => takers),
    'takers',
  );

  await expect
    .poll(async () => {
      const { services } = await ask<ServicesAnswer>('/query/services', { ...RANGE, sort: 'name' });
      return services.map(({ service, basis, calls, errors, kinds }) => [service, basis, calls, errors, kinds.length]);
    }, SOON)
    .toEqual([
      ['mails', 'entry', 20, 0, 1],
      ['orders', 'entry', 20, 4, 3],
      ['web', 'entry', 20, 0, 2],
    ]);
  await expectFigures();

  const edges = [
    'service:orders database:shop database postgresql  20 4 true false',
    'service:orders service:mails messaging_system kafka mails 20 0 true true',
    'service:web service:orders direct http  20 4 true true',
    'user:user service:web virtual_node   20 0 false true',
  ];
  await expect
    .poll(async () => {
      const map = await ask<ServiceMapAnswer>('/query/services/map', RANGE);
      return map.edges
        .map(
          ({ client, server: callee, connectionType, system, destination, calls, errors, clientSide, serverSide }) => [
            client,
            callee,
            connectionType,
            system,
            destination,
            calls,
            errors,
            clientSide !== null,
            serverSide !== null,
          ],
        )
        .map((edge) => edge.join(' '))
        .sort();
    }, SOON)
    .toEqual(edges);
  await expectNeighbours();
  await expectMetrics();
});

async function expectFigures(): Promise<void> {
  const { services } = await ask<ServicesAnswer>('/query/services', { ...RANGE, search: 'ORDER' });
  expect(services).toMatchObject([{ service: 'orders', errorRatio: 0.2, meanMs: 40, versions: [] }]);
  expect(services[0]?.sparkline.calls.reduce((sum, one) => sum + one, 0)).toBe(20);
  // 40 ms lie in the bucket that ends at 45.25 ms.
  expect(services[0]?.p50Ms).toBeGreaterThan(38);
  expect(services[0]?.p99Ms).toBeLessThan(45.3);
  const { operations } = await ask<OperationsAnswer>('/query/services/operations', { ...RANGE, service: 'orders' });
  expect(operations.map(({ operation, kind, calls, totalMs }) => [operation, kind, calls, totalMs])).toEqual([
    ['POST /orders', 'server', 20, 800],
    ['INSERT', 'client', 20, 200],
    ['send mails', 'producer', 20, 40],
  ]);
  const { environments } = await ask<EnvironmentsAnswer>('/query/services/environments', RANGE);
  expect(environments.find(({ env }) => env === 'staging')).toEqual({ env: 'staging', spans: 5, errors: 0 });
  const { services: staged } = await ask<ServicesAnswer>('/query/services', { ...RANGE, env: 'staging' });
  expect(staged.map(({ service, calls }) => [service, calls])).toEqual([['web', 5]]);
  const query = '{ resource.deployment.environment.name = "staging" }';
  const { traces } = await ask<TraceSearchAnswer>('/query/traces/search', { ...RANGE, query });
  expect(traces).toHaveLength(5);
  const timeline = await ask<ServiceTimelineAnswer>('/query/services/timeline', {
    ...RANGE,
    service: 'web',
    by: 'version',
  });
  expect(timeline.deployments.map(({ version, calls }) => [version, calls]).sort()).toEqual([
    ['1.0', 5],
    ['1.1', 15],
  ]);
  expect(timeline.series.map(({ version, calls }) => [version, calls])).toEqual([
    ['1.1', 15],
    ['1.0', 5],
  ]);
  expect(timeline.basis).toBe('entry');
  expect(timeline.series[0]?.over.calls).toHaveLength(timeline.points);
}

async function expectNeighbours(): Promise<void> {
  const { upstream, downstream } = await ask<DependenciesAnswer>('/query/services/dependencies', {
    ...RANGE,
    service: 'orders',
  });
  expect(upstream.map(({ node, calls }) => [node.id, calls])).toEqual([['service:web', 20]]);
  expect(downstream.map(({ node }) => node.id).sort()).toEqual(['database:shop', 'service:mails']);
  const near = await ask<ServiceMapAnswer>('/query/services/map', { ...RANGE, service: 'mails', hops: 1 });
  expect(near.nodes.map(({ id }) => id).sort()).toEqual(['service:mails', 'service:orders']);
  expect(near.nodes.find(({ id }) => id === 'service:orders')).toMatchObject({ basis: 'entry', red: { calls: 20 } });
}

async function expectMetrics(): Promise<void> {
  await expect
    .poll(() => metric('sum by (client, server) (traces_service_graph_request_total)'), SOON)
    .toEqual({ 'orders shop': 20, 'orders mails': 20, 'web orders': 20, 'user web': 20 });
  expect(await metric('sum(traces_service_graph_request_failed_total)')).toEqual({ '': 8 });
  expect(
    await metric('sum by (service, span_kind, status_code) (traces_spanmetrics_calls_total{service="orders"})'),
  ).toEqual({
    'orders SPAN_KIND_SERVER STATUS_CODE_UNSET': 16,
    'orders SPAN_KIND_SERVER STATUS_CODE_ERROR': 4,
    'orders SPAN_KIND_CLIENT STATUS_CODE_UNSET': 16,
    'orders SPAN_KIND_CLIENT STATUS_CODE_ERROR': 4,
    'orders SPAN_KIND_PRODUCER STATUS_CODE_UNSET': 20,
  });
  const buckets =
    'sum by (le) (traces_spanmetrics_latency_bucket{service="web",span_kind="SPAN_KIND_SERVER",le=~"0.064|0.128"})';
  expect(await metric(buckets)).toEqual({ '0.064': 0, '0.128': 20 });
  expect(await metric('sum(traces_spanmetrics_latency_sum{service="web",span_kind="SPAN_KIND_SERVER"})')).toEqual({
    '': 2,
  });
  // What begins was 0 before: it rises from the first span on.
  const web = 'traces_spanmetrics_calls_total{service="web",span_kind="SPAN_KIND_SERVER"}[10m]';
  expect(await metric(`sum(max_over_time(${web}) - min_over_time(${web}))`)).toEqual({ '': 20 });
  const path = `/prometheus/api/v1/query_exemplars?query=traces_spanmetrics_latency_bucket&start=${BASE_MS / 1000 - 60}&end=${BASE_MS / 1000 + 600}`;
  const exemplars = await (await api.get(path)).text();
  expect(exemplars).toContain('"trace_id":"cccc');
}
