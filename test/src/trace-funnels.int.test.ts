import type { TraceFunnelAnswer } from '@aegisguard/model';
import { type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Traces through steps: how many pass each, how long it takes, and which ones stand for the others.

let server: JoinedServer;
let other: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
let stranger: Awaited<ReturnType<typeof signIn>>;

const TRACES = 10;
const BASE = Math.floor(Date.now() / 60_000) * 60_000 - 30 * 60_000;
const RANGE = { start: new Date(BASE).toISOString(), end: new Date(BASE + TRACES * 60_000).toISOString() };
const STEPS = [
  { name: 'Ordered', service: 'shop', operation: 'order' },
  { name: 'Paid', service: 'bank', query: '{ span.amount > 0 }' },
  { service: 'depot' },
];

const traceIdOf = (n: number) => (0xf0_00 + n).toString(16).padStart(32, '0');

/** Trace n: an order, that of n below 8 paid after n × 10 ms, those of even n below 6 sent 5 ms later; the payment of 4 failed, and so did the order of 9. */
function spansOf(n: number): object[] {
  const span = (id: string, name: string, service: string, afterMs: number, given: object = {}) => ({
    traceId: traceIdOf(n),
    spanId: `00000000000000${id}`,
    ...(id === 'a1' ? {} : { parentSpanId: '00000000000000a1' }),
    name,
    service,
    startTime: new Date(BASE + n * 60_000 + afterMs).toISOString(),
    durationMs: 500,
    ...given,
  });
  return [
    span('a1', 'order', 'shop', 0, n === 9 ? { status: 'error' } : {}),
    // Of the depot, but before the payment: it does not count. That of the first trace is not even in the range.
    span('a0', 'reserve', 'depot', -1),
    ...(n < 8
      ? [
          span('a2', 'pay', 'bank', n * 10, {
            attributes: { amount: n + 1 },
            status: n === 4 ? 'error' : 'ok',
            events: [{ name: 'cleared', timestamp: RANGE.start, attributes: { by: 'card' } }],
          }),
        ]
      : []),
    ...(n < 6 && n % 2 === 0 ? [span('a3', 'send', 'depot', n * 10 + 5)] : []),
  ];
}

beforeAll(async () => {
  [server, other] = await Promise.all([joinServer(), joinServer()]);
  [api, stranger] = (await Promise.all(
    [server, other].map(({ url, adminEmail, adminPassword }) => signIn(url, adminEmail, adminPassword)),
  )) as [typeof api, typeof api];
  const spans = Array.from({ length: TRACES }, (_, n) => spansOf(n)).flat();
  const sent = await sendSigned(server.url, server, '/v1/traces', { spans });
  expect(await sent.json()).toMatchObject({ accepted: spans.length, rejected: 0 });
  await vi.waitFor(async () => expect((await ask(STEPS)).steps[0]?.traceCount).toBe(TRACES), 60_000);
});

afterAll(async () => {
  await Promise.all([server.leave(), other.leave()]);
});

async function ask(steps: readonly object[], body: object = {}, caller = api): Promise<TraceFunnelAnswer> {
  const answer = await caller.post('/query/traces/funnel', { ...RANGE, steps, ...body });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as TraceFunnelAnswer;
}

const numbers = (traces: readonly { readonly traceId: string }[] = []) =>
  traces.map(({ traceId }) => Number.parseInt(traceId, 16) - 0xf0_00);

describe('a funnel', () => {
  it('tells how many traces pass each step, and how many are lost', async () => {
    const { steps } = await ask(STEPS);
    expect(steps.map(({ counts: _, slowestTraces: _s, failedTraces: _f, droppedTraces: _d, ...step }) => step)).toEqual(
      [
        {
          name: 'Ordered',
          traceCount: 10,
          errorCount: 1,
          droppedCount: 2,
          shareOfFirst: 1,
          shareOfPrevious: 1,
          latency: null,
        },
        {
          name: 'Paid',
          traceCount: 8,
          errorCount: 1,
          droppedCount: 5,
          shareOfFirst: 0.8,
          shareOfPrevious: 0.8,
          latency: { averageMs: 35, p50Ms: 35, p90Ms: 63, p95Ms: 66.5, p99Ms: 69.3 },
        },
        {
          traceCount: 3,
          errorCount: 0,
          droppedCount: 0,
          shareOfFirst: 0.3,
          shareOfPrevious: 0.375,
          latency: { averageMs: 5, p50Ms: 5, p90Ms: 5, p95Ms: 5, p99Ms: 5 },
        },
      ],
    );
  });

  it('lists the slowest traces, those that failed, and those that were lost', async () => {
    const { steps, slowestTraces, latency } = await ask(STEPS, { listed: 3 });
    expect(steps.map((step) => numbers(step.slowestTraces))).toEqual([[], [7, 6, 5], [0, 2, 4]]);
    expect(steps.map((step) => numbers(step.failedTraces))).toEqual([[9], [4], []]);
    expect(steps.map((step) => numbers(step.droppedTraces))).toEqual([[9, 8], [7, 6, 5], []]);
    expect(numbers(slowestTraces)).toEqual([4, 2, 0]);
    expect(latency).toMatchObject({ averageMs: 25, p50Ms: 25 });
    expect(steps[1]?.failedTraces[0]).toEqual({
      traceId: traceIdOf(4),
      spanId: '00000000000000a2',
      rootService: 'shop',
      rootName: 'order',
      enteredAt: `${new Date(BASE + 4 * 60_000).toISOString().replace('Z', '000000Z')}`,
      latencyMs: 40,
      isError: true,
    });
    const without = await ask(STEPS, { listed: 0 });
    expect(without.steps.map((step) => step.droppedTraces)).toEqual([[], [], []]);
  });

  it('tells when traces entered', async () => {
    const { start, stepMs, steps } = await ask(STEPS, { buckets: 10 });
    expect([Date.parse(start), stepMs]).toEqual([BASE, 60_000]);
    expect(steps.map(({ counts }) => counts)).toEqual([
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1, 1, 1, 1, 0, 0],
      [1, 0, 1, 0, 1, 0, 0, 0, 0, 0],
    ]);
  });

  it.each([
    ['what only spans that failed are of', [{ service: 'shop' }, { service: 'bank', errorsOnly: true }], [10, 1]],
    ['what only a look at the spans tells', [{ operation: 'order' }, { query: '{ event.by = "card" }' }], [10, 8]],
    [
      'what only the whole trace tells',
      [{ query: '{ nestedSetParent < 0 }' }, { query: '{ rootName = "order" && name = "send" }' }],
      [10, 3],
    ],
    ['spansets of several spans', [{ query: '{ name = "order" } > { name = "pay" }' }, { service: 'depot' }], [8, 3]],
    [
      'spansets of several spans, of which the found one is narrowed',
      [
        { query: '{ name = "order" } > { name = "pay" }', service: 'bank' },
        { query: '{ name = "order" } > { resource.service.name = "depot" }', operation: 'send' },
      ],
      [8, 3],
    ],
    [
      'spansets of several spans, of which the found one failed',
      [{ query: '{ name = "order" } > { name = "pay" }', operation: 'pay', errorsOnly: true }, {}],
      [1, 1],
    ],
    [
      'a step twice: another span each time',
      [{ service: 'depot' }, { service: 'depot' }, { service: 'depot' }],
      [10, 2, 0],
    ],
    ['steps in an order that never is', [{ operation: 'send' }, { operation: 'pay' }], [3, 0]],
    ['steps that say nothing', [{}, { query: ' ' }, {}, {}, {}], [10, 10, 8, 2, 0]],
    ['nothing', [{ service: 'nobody' }, {}], [0, 0]],
  ])('finds %s', async (_, steps, expected) => {
    expect((await ask(steps)).steps.map(({ traceCount }) => traceCount)).toEqual(expected);
  });

  it('counts a span that was sent again as it came last, whoever counts', async () => {
    const pay = {
      traceId: traceIdOf(TRACES),
      spanId: '00000000000000b2',
      name: 'charge',
      service: 'till',
      startTime: RANGE.start,
      durationMs: 1,
      events: [{ name: 'cleared', timestamp: RANGE.start, attributes: { by: 'cash' } }],
    };
    const root = { ...pay, spanId: '00000000000000b1', name: 'buy', events: [] };
    const countsOf = async (query: string) =>
      (await ask([{ query: '{ name = "buy" }' }, { query }])).steps.map(({ traceCount, errorCount }) => [
        traceCount,
        errorCount,
      ]);
    const queries = ['{ name = "charge" }', '{ event.by = "cash" }', '{ rootName = "buy" && name = "charge" }'];
    for (const errors of [0, 1]) {
      const spans = errors === 0 ? [root, pay] : [{ ...pay, status: 'error' }];
      const sent = await sendSigned(server.url, server, '/v1/traces', { spans });
      expect(await sent.json()).toMatchObject({ accepted: spans.length });
      for (const query of queries) {
        await expect
          .poll(() => countsOf(query), { message: query })
          .toEqual([
            [1, 0],
            [1, errors],
          ]);
      }
    }
  });

  it('has no share of nothing', async () => {
    const { steps, latency } = await ask([{ service: 'nobody' }, {}]);
    expect(steps.map(({ shareOfFirst, shareOfPrevious }) => [shareOfFirst, shareOfPrevious])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(latency).toBeNull();
  });

  it('is of one organization', async () => {
    const { steps, slowestTraces } = await ask(STEPS, {}, stranger);
    expect(steps.map(({ traceCount, droppedTraces }) => [traceCount, droppedTraces])).toEqual([
      [0, []],
      [0, []],
      [0, []],
    ]);
    expect(slowestTraces).toEqual([]);
  });

  it.each([
    ['one step', { steps: [{}] }, 'invalid-request'],
    ['nine steps', { steps: Array.from({ length: 9 }, () => ({})) }, 'invalid-request'],
    ['a member that steps do not have', { steps: [{}, { status: 'error' }] }, 'invalid-request'],
    ['lists that are too long', { steps: [{}, {}], listed: 21 }, 'invalid-request'],
    ['a range that ends before it begins', { steps: [{}, {}], start: RANGE.end, end: RANGE.start }, 'invalid-request'],
    ['a query that is none', { steps: [{}, { query: '{ name = }' }] }, 'invalid-query'],
    ['an expression that is none', { steps: [{ query: '{ name =~ "(" }' }, {}] }, 'invalid-query'],
    ['series', { steps: [{}, { query: '{} | rate()' }] }, 'query-not-runnable'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await api.post('/query/traces/funnel', { ...RANGE, ...body });
    expect(await answer.json()).toMatchObject({ code });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it('says which step is wrong, and where', async () => {
    const answer = await api.post('/query/traces/funnel', { ...RANGE, steps: [{}, { query: '{ name = }' }] });
    expect(await answer.json()).toMatchObject({
      position: 9,
      detail: expect.stringMatching(/^Step 2: At /),
      errors: [{ path: '/steps/1/query' }],
    });
  });

  it('is saved and shared as a view of its page', async () => {
    const view = { page: 'funnels', name: 'Orders to depot', state: 'from=now-1h', shared: true };
    const saved = await api.post('/saved-views', view);
    expect(saved.status).toBe(201);
    const list = await api.get('/saved-views?page=funnels');
    expect(await list.json()).toMatchObject({ items: [view] });
  });
});
