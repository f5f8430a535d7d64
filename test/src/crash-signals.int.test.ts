import { signHeaders, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Spans, samples, increments and RUM events: what was answered 2xx is stored once, however often the server is killed meanwhile.

const BATCHES = 60;
const CONNECTIONS = 3;
const KILLS = 3;
const SPANS = 50;
const SERIES = 40;
const EVENTS = 20;
/** Unix ms, on a whole minute; a batch's records are that many seconds later. */
const T0 = Math.floor((Date.now() - 3_600_000) / 60_000) * 60_000;

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server.stop();
});

interface Feed {
  readonly name: string;
  readonly path: string;
  /** What the connection sends as its batch number so and so. */
  body(connection: number, batch: number): object;
}

const FEEDS: readonly Feed[] = [
  { name: 'spans', path: '/v1/traces', body: spansBody },
  { name: 'samples', path: '/v1/metrics', body: samplesBody },
  { name: 'increments', path: '/v1/metrics', body: incrementsBody },
  { name: 'events', path: '/v1/rum', body: rumBody },
];

it(`${FEEDS.length} feeds over ${CONNECTIONS} connections and ${KILLS} kills: every accepted record is found exactly once`, async () => {
  let url = server.url;
  let accepted = 0;
  const send = async ({ name, path, body }: Feed, connection: number) => {
    for (let batch = 0; batch < BATCHES; ) {
      const text = JSON.stringify(body(connection, batch));
      // The same key for the same batch until it has an answer, and the next batch after it, as exporters do.
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signHeaders(server, text),
          'x-idempotency-key': `${name}-${connection}-${batch}`,
        },
        body: text,
      }).catch(() => undefined);
      if (answer?.ok) {
        await answer.arrayBuffer();
        batch += 1;
        accepted += 1;
      } else {
        expect([undefined, 409, 503]).toContain(answer?.status);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const total = FEEDS.length * CONNECTIONS * BATCHES;
  const kill = async () => {
    for (let kills = 1; kills <= KILLS; kills += 1) {
      const threshold = (kills * total) / (KILLS + 1);
      await expect.poll(() => accepted, { timeout: 180_000, interval: 5 }).toBeGreaterThanOrEqual(threshold);
      process.kill(await server.serverPid(), 'SIGKILL');
      url = await server.nextReady();
    }
  };
  const connections = Array.from({ length: CONNECTIONS }, (_, connection) => connection);
  await Promise.all([kill(), ...FEEDS.flatMap((feed) => connections.map((connection) => send(feed, connection)))]);
  expect(accepted).toBe(total);

  const api = await signIn(url, server.adminEmail, server.adminPassword);
  const batches = CONNECTIONS * BATCHES;
  const stored = async () => {
    const { totals } = (await (await api.get('/usage')).json()) as { totals: Record<string, number> };
    return { spans: totals.spansCount, metrics: totals.metricsCount, rum: totals.rumCount };
  };
  await expect
    .poll(stored, { timeout: 120_000, interval: 500 })
    .toEqual({ spans: batches * SPANS, metrics: 2 * batches * SERIES, rum: batches * EVENTS });
  for (const connection of connections) {
    expect(await samplesOf(api, connection), `samples of connection ${connection}`).toEqual(expectedSamples());
    expect(await totalsOf(api, connection), `totals of connection ${connection}`).toEqual(expectedTotals());
    await expectSpans(api, connection);
    await expectSession(api, connection);
  }
}, 600_000);

type Api = Awaited<ReturnType<typeof signIn>>;

function traceIdOf(connection: number, batch: number): string {
  return `${connection + 1}${String(batch).padStart(31, '0')}`;
}

function spansBody(connection: number, batch: number): object {
  const spans = Array.from({ length: SPANS }, (_, span) => ({
    traceId: traceIdOf(connection, batch),
    spanId: String(span + 1).padStart(16, '0'),
    ...(span === 0 ? {} : { parentSpanId: '0000000000000001' }),
    name: 'crash',
    service: `connection-${connection}`,
    startTime: new Date(T0 + batch * 1000 + span).toISOString(),
    durationMs: 1,
  }));
  return { spans };
}

async function expectSpans(api: Api, connection: number): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const answer = await api.get(`/query/traces/${traceIdOf(connection, batch)}`);
    const { spans } = (await answer.json()) as { spans: { spanId: string }[] };
    expect(spans.map(({ spanId }) => Number(spanId))).toEqual(Array.from({ length: SPANS }, (_, span) => span + 1));
  }
}

function sampleOf(series: number, batch: number): number {
  return series * 1000 + batch;
}

function samplesBody(connection: number, batch: number): object {
  const metrics = Array.from({ length: SERIES }, (_, series) => ({
    name: 'crash_sample',
    type: 'gauge',
    value: sampleOf(series, batch),
    timestamp: T0 + batch * 1000,
    labels: { connection: String(connection), series: String(series) },
  }));
  return { metrics };
}

function expectedSamples(): Map<string, string[]> {
  return new Map(
    Array.from({ length: SERIES }, (_, series) => [
      String(series),
      Array.from({ length: BATCHES }, (_batch, batch) => String(sampleOf(series, batch))),
    ]),
  );
}

interface Matrix {
  readonly data: { readonly result: { metric: Record<string, string>; values: [number, string][] }[] };
}

async function matrixOf(api: Api, selector: string): Promise<Matrix['data']['result']> {
  const answer = await api.post('/query/metrics', { query: `${selector}[30m]`, time: T0 / 1000 + 1200 });
  const { data } = (await answer.json()) as Matrix;
  return data.result.sort((a, b) => Number(a.metric.series) - Number(b.metric.series));
}

async function samplesOf(api: Api, connection: number): Promise<Map<string, string[]>> {
  const result = await matrixOf(api, `crash_sample{connection="${connection}"}`);
  return new Map(result.map(({ metric, values }) => [metric.series ?? '', values.map(([, value]) => value)]));
}

function incrementOf(series: number, batch: number): number {
  return 1 + ((series * 7 + batch * 13) % 11);
}

function incrementsBody(connection: number, batch: number): object {
  const nanos = (ms: number) => `${ms}000000`;
  const dataPoints = Array.from({ length: SERIES }, (_, series) => ({
    startTimeUnixNano: nanos(T0 + (batch - 1) * 1000),
    timeUnixNano: nanos(T0 + batch * 1000),
    asInt: String(incrementOf(series, batch)),
    attributes: [
      { key: 'connection', value: { stringValue: String(connection) } },
      { key: 'series', value: { stringValue: String(series) } },
    ],
  }));
  const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints };
  return { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'crash.increments', sum }] }] }] };
}

/** The last total of each series. */
function expectedTotals(): number[] {
  return Array.from({ length: SERIES }, (_, series) =>
    Array.from({ length: BATCHES }, (_batch, batch) => incrementOf(series, batch)).reduce((sum, one) => sum + one),
  );
}

async function totalsOf(api: Api, connection: number): Promise<number[]> {
  const result = await matrixOf(api, `crash_increments_total{connection="${connection}"}`);
  return result.map(({ values }) => Number(values.at(-1)?.[1]));
}

function rumBody(connection: number, batch: number): object {
  const events = Array.from({ length: EVENTS }, (_, event) => ({
    type: 'action',
    timestamp: T0 + batch * 1000 + event,
    name: `${batch}-${event}`,
  }));
  return { application: 'crash', sessionId: `connection-${connection}`, events };
}

async function expectSession(api: Api, connection: number): Promise<void> {
  const answer = await api.get(`/query/rum/sessions/connection-${connection}`);
  const { events } = (await answer.json()) as { events: { name: string }[] };
  const names = Array.from({ length: BATCHES * EVENTS }, (_, n) => `${Math.floor(n / EVENTS)}-${n % EVENTS}`);
  expect(events.map(({ name }) => name)).toEqual(names);
}
