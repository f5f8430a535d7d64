import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  SpanPercentileAnswer,
  SpanView,
  TraceAnswer,
  TraceComparison,
  TraceFindAnswer,
  TraceOutline,
} from '@aegisguard/model';
import { OUTLINE_FLAGS } from '@aegisguard/model';
import {
  type JoinedServer,
  joinServer,
  makeLargeTrace,
  otlpOfSuite,
  type SuiteSpan,
  sendSigned,
  signIn,
  suitePath,
  zipkinTrace,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Views of one trace: its outline, a window of it, a span, what is found in it, and how it compares with another.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
const BASE = Date.now() - 600_000;
const [SHOP, LATER, SKEWED] = [traceIdOf(1), traceIdOf(2), traceIdOf(3)];

function traceIdOf(number: number): string {
  return number.toString(16).padStart(32, 'c');
}

function spanIdOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

function span(traceId: string, number: number, parent: number, startMs: number, durationMs: number, more: object = {}) {
  return {
    traceId,
    spanId: spanIdOf(number),
    ...(parent === 0 ? {} : { parentSpanId: spanIdOf(parent) }),
    name: `step ${number}`,
    service: 'shop',
    startTime: new Date(BASE + startMs).toISOString(),
    durationMs,
    ...more,
  };
}

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const pay = { name: 'pay', service: 'bank', kind: 'client', attributes: { 'card.brand': 'Visa Électron' } };
  const spans = [
    span(SHOP, 1, 0, 0, 100, { name: 'GET /cart', kind: 'server' }),
    span(SHOP, 2, 1, 10, 30, pay),
    span(SHOP, 3, 1, 50, 40, {
      ...pay,
      status: 'error',
      events: [{ name: 'exception', timestamp: new Date(BASE + 60).toISOString(), attributes: { type: 'Timeout' } }],
    }),
    span(SHOP, 4, 9, 95, 1, { name: 'late', links: [{ traceId: LATER, spanId: spanIdOf(1) }] }),
    span(LATER, 1, 0, 1000, 80, { name: 'GET /cart', kind: 'server' }),
    span(LATER, 2, 1, 1010, 20, pay),
    span(LATER, 3, 1, 1040, 5, { name: 'cache', service: 'shop' }),
    span(SKEWED, 1, 0, 2000, 100, { service: 'front', kind: 'client' }),
    span(SKEWED, 2, 1, 1500, 60, { service: 'back', kind: 'server' }),
    span(SKEWED, 3, 2, 1510, 40, { service: 'back' }),
  ];
  const answer = await sendSigned(server.url, server, '/v1/traces', { spans });
  expect(await answer.json()).toMatchObject({ accepted: spans.length, rejected: 0 });
  await arrived(SHOP, 4);
  await arrived(LATER, 3);
  await arrived(SKEWED, 3);
});

/** Waits until a trace has all its spans. */
async function arrived(traceId: string, count: number): Promise<TraceAnswer> {
  return vi.waitFor(
    async () => {
      const trace = await get<TraceAnswer>(traceId);
      expect(trace.spanCount).toBe(count);
      return trace;
    },
    { timeout: 60_000, interval: 200 },
  );
}

afterAll(async () => {
  await server.leave();
});

async function get<Answer>(path: string): Promise<Answer> {
  const answer = await api.get(`/query/traces/${path}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

it('the outline has every span in columns, in waterfall order', async () => {
  const ms = 1e6;
  expect(await get<TraceOutline>(`${SHOP}/outline`)).toEqual({
    traceId: SHOP,
    startTime: new Date(BASE).toISOString().replace('Z', '000000Z'),
    durationMs: 100,
    rootService: 'shop',
    rootName: 'GET /cart',
    spanCount: 4,
    errorCount: 1,
    services: ['bank', 'shop'],
    names: ['GET /cart', 'late', 'pay'],
    spans: {
      id: [1, 2, 3, 4].map(spanIdOf),
      parent: [-1, 0, 0, -1],
      depth: [0, 1, 1, 0],
      start: [0, 10 * ms, 50 * ms, 95 * ms],
      duration: [100 * ms, 30 * ms, 40 * ms, ms],
      self: [30 * ms, 30 * ms, 40 * ms, ms],
      service: [1, 0, 0, 1],
      name: [0, 2, 2, 1],
      kind: [2, 3, 3, 0],
      status: [0, 0, 2, 0],
      flags: [
        OUTLINE_FLAGS.criticalPath,
        OUTLINE_FLAGS.criticalPath,
        OUTLINE_FLAGS.criticalPath + OUTLINE_FLAGS.exception,
        OUTLINE_FLAGS.criticalPath + OUTLINE_FLAGS.orphan + OUTLINE_FLAGS.links,
      ],
    },
    criticalPath: [
      { row: 0, from: 90 * ms, until: 100 * ms },
      { row: 2, from: 50 * ms, until: 90 * ms },
      { row: 0, from: 40 * ms, until: 50 * ms },
      { row: 1, from: 10 * ms, until: 40 * ms },
      { row: 0, from: 0, until: 10 * ms },
      { row: 3, from: 95 * ms, until: 96 * ms },
    ],
    warnings: [expect.stringContaining('parent of one span is missing')],
    stats: { elapsedMs: expect.any(Number), rowsRead: expect.any(Number), bytesRead: expect.any(Number) },
  });
});

it('any window of it can be read, and every span for itself', async () => {
  const whole = await get<TraceAnswer>(SHOP);
  expect(whole.nextOffset).toBeNull();
  expect(whole.spans.map(({ spanId, isOrphan }) => [spanId, isOrphan])).toEqual([
    [spanIdOf(1), undefined],
    [spanIdOf(2), undefined],
    [spanIdOf(3), undefined],
    [spanIdOf(4), true],
  ]);
  const middle = await get<TraceAnswer>(`${SHOP}?offset=1&limit=2`);
  expect(middle).toMatchObject({ spanCount: 4, nextOffset: 3, spans: whole.spans.slice(1, 3) });
  expect(await get<TraceAnswer>(`${SHOP}?offset=3&limit=2`)).toMatchObject({
    spans: whole.spans.slice(3),
    nextOffset: null,
  });
  expect(await get<TraceAnswer>(`${SHOP}?offset=4`)).toMatchObject({ spans: [], nextOffset: null });
  for (const span of whole.spans) {
    expect(await get<SpanView>(`${SHOP}/spans/${span.spanId.toUpperCase()}`)).toEqual(span);
  }
});

it.each([
  ['a name, whatever its case', 'PAY', [2, 3]],
  ['a name of an attribute', 'card_brand', [2, 3]],
  ['a value of one, beyond ASCII', 'éLECTRON', [2, 3]],
  ['an event', 'timeout', [3]],
  ['a link', LATER.slice(5), [4]],
  ['an id', spanIdOf(4), [4]],
  ['nothing', "' OR 1=1 --", []],
])('%s is found', async (_, text, numbers) => {
  const found = await get<TraceFindAnswer>(`${SHOP}/find?text=${encodeURIComponent(text)}`);
  expect(found).toMatchObject({ spanIds: numbers.map(spanIdOf), count: numbers.length });
});

it('a span stands among its peers', async () => {
  expect(await get<SpanPercentileAnswer>(`${SHOP}/spans/${spanIdOf(2)}/percentile`)).toMatchObject({
    durationMs: 30,
    peers: 3,
    percentile: expect.closeTo(200 / 3),
    p50Ms: 30,
    p90Ms: 40,
    p99Ms: 40,
  });
});

it('two traces are compared by structure', async () => {
  const { nodes, before, after } = await get<TraceComparison>(`${SHOP}/compare/${LATER}`);
  expect([before.traceId, after.traceId]).toEqual([SHOP, LATER]);
  expect(
    nodes.map(({ name, parent, change, ...rest }) => [name, parent, change, rest.before.count, rest.after.count]),
  ).toEqual([
    ['GET /cart', -1, 'same', 1, 1],
    ['pay', 0, 'fewer', 2, 1],
    ['cache', 0, 'added', 0, 1],
    ['late', -1, 'removed', 1, 0],
  ]);
  expect(nodes[1]).toMatchObject({
    service: 'bank',
    kind: 'client',
    depth: 1,
    before: { durationMs: 70, selfTimeMs: 70, errorCount: 1 },
    after: { durationMs: 20, selfTimeMs: 20, errorCount: 0 },
  });
});

it('what another clock timed is moved into its parent, visibly, with what hangs on it', async () => {
  const trace = await get<TraceAnswer>(SKEWED);
  const shown = (ms: number) => new Date(BASE + ms).toISOString().replace('Z', '000000Z');
  expect(trace).toMatchObject({
    startTime: shown(2000),
    durationMs: 100,
    warnings: [expect.stringMatching(/clock skew.*2 spans were moved.*520 ms/)],
    spans: [
      { startTime: shown(2000), selfTimeMs: 40 },
      {
        startTime: shown(2020),
        clockSkewMs: 520,
        originalStartTime: shown(1500),
        selfTimeMs: 20,
        onCriticalPath: true,
      },
      { startTime: shown(2030), clockSkewMs: 520, originalStartTime: shown(1510), depth: 2, onCriticalPath: true },
    ],
  });
});

it('a trace of more than ten thousand spans is read in windows, and its outline whole and compressed', async () => {
  const count = 10_500;
  const { traceId, bodies } = makeLargeTrace({ spanCount: count, startMs: BASE });
  for (const body of bodies) {
    expect((await sendSigned(server.url, server, '/v1/traces', body)).status).toBe(200);
  }
  const first = await arrived(traceId, count);
  expect([first.spans.length, first.nextOffset]).toEqual([10_000, 10_000]);
  const last = await get<TraceAnswer>(`${traceId}?offset=10000`);
  expect([last.spans.length, last.nextOffset]).toEqual([500, null]);
  const answer = await api.get(`/query/traces/${traceId}/outline`);
  expect(answer.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
  const { spans } = (await answer.json()) as TraceOutline;
  expect([...first.spans, ...last.spans].map(({ spanId }) => spanId)).toEqual(spans.id);
  expect([...first.spans, ...last.spans].map(({ depth }) => depth)).toEqual(spans.depth);
});

const zipkin = suitePath('zipkin', 'testdata');

it.skipIf(zipkin === undefined)("Zipkin's traces come back whole (skipped where the corpora are absent)", async () => {
  const files = readdirSync(zipkin ?? '').filter((name) => name.endsWith('.json'));
  const traces = files.map((name) => zipkinTrace(JSON.parse(readFileSync(join(zipkin ?? '', name), 'utf8'))));
  const ids = (spans: readonly SuiteSpan[]) => spans.map(({ spanId }) => spanId).sort();
  for (const spans of traces) {
    const [start = 0n] = spans.map(({ startNanos }) => startNanos).sort((a, b) => Number(a - b));
    const body = otlpOfSuite(spans, BigInt(BASE) * 1_000_000n - start);
    expect(await (await sendSigned(server.url, server, '/v1/traces', body)).json()).toEqual({});
  }
  for (const spans of traces) {
    const trace = await arrived(spans[0]?.traceId ?? '', spans.length);
    expect(trace.spans.map(({ spanId }) => spanId).sort()).toEqual(ids(spans));
    const depths = new Map(trace.spans.map(({ spanId, depth }) => [spanId, depth]));
    expect(trace.spans.every(({ depth, parentSpanId }) => depth === 1 + (depths.get(parentSpanId ?? '') ?? -1))).toBe(
      true,
    );
  }
});

describe('of what is not there', () => {
  it.each([
    `${traceIdOf(7)}`,
    `${traceIdOf(7)}/outline`,
    `${traceIdOf(7)}/spans/${spanIdOf(1)}`,
    `${traceIdOf(7)}/spans/${spanIdOf(1)}/percentile`,
    `${SHOP}/spans/${spanIdOf(7)}`,
    `${SHOP}/spans/x`,
    `${SHOP}/compare/${traceIdOf(7)}`,
    `${traceIdOf(7)}/compare/${SHOP}`,
    `x/outline`,
    `x/find?text=a`,
    `${traceIdOf(7)}/find?text=a`,
  ])('%s: 404', async (path) => {
    expect((await api.get(`/query/traces/${path}`)).status).toBe(404);
  });

  it('nothing of another organization', async () => {
    const other = await joinServer();
    const theirs = await signIn(other.url, other.adminEmail, other.adminPassword);
    const ofSpan = `/spans/${spanIdOf(1)}`;
    for (const path of ['', '/outline', '/find?text=a', ofSpan, `${ofSpan}/percentile`, `/compare/${SHOP}`]) {
      expect((await theirs.get(`/query/traces/${SHOP}${path}`)).status).toBe(404);
    }
  });
});
