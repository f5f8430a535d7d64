import { type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Traces as they are sent natively, read back by id and found by search.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
const BASE = Date.now() - 600_000;

interface Summaries {
  readonly traces: { readonly traceId: string; readonly [name: string]: unknown }[];
  readonly nextCursor: string | null;
}

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
});

afterAll(async () => {
  await server.leave();
});

function traceIdOf(number: number): string {
  return number.toString(16).padStart(32, 'a');
}

function timeOf(ms: number): string {
  return new Date(BASE + ms).toISOString();
}

async function send(spans: readonly object[]): Promise<void> {
  const answer = await sendSigned(server.url, server, '/v1/traces', { spans });
  expect(await answer.json()).toMatchObject({ accepted: spans.length, rejected: 0 });
}

async function read(traceId: string, spanCount: number) {
  return vi.waitFor(async () => {
    const answer = await api.get(`/query/traces/${traceId}`);
    expect(answer.status).toBe(200);
    const trace = (await answer.json()) as { spanCount: number; spans: Record<string, unknown>[] };
    expect(trace.spanCount).toBe(spanCount);
    return trace;
  }, 60_000);
}

async function search(body: object): Promise<Summaries> {
  const answer = await api.post('/query/traces/search', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Summaries;
}

it('a trace reads back equal, in waterfall order with self times and the critical path', async () => {
  const traceId = traceIdOf(1);
  const root = {
    traceId,
    spanId: '00000000000000a1',
    name: 'GET /cart',
    service: 'web',
    kind: 'server',
    startTime: timeOf(0),
    endTime: timeOf(100),
    status: 'ok',
    attributes: { 'http.route': '/cart', nested: { deep: [1, 'two', { three: true }] } },
    resource: { 'k8s.pod.name': 'web-1' },
  };
  const child = {
    trace_id: traceId.toUpperCase(),
    span_id: '00000000000000A2',
    parent_span_id: '00000000000000a1',
    name: 'SELECT',
    service: 'db',
    kind: 'client',
    startTime: timeOf(20),
    durationMs: 50.5,
    status: 'error',
    statusMessage: 'no such table',
    events: [{ name: 'exception', timestamp: timeOf(30), attributes: { type: 'Error' } }],
    links: [{ traceId: traceIdOf(9), spanId: '00000000000000b1', attributes: { why: 'retry' } }],
  };
  await send([child, root]);
  const trace = await read(traceId, 2);
  expect(trace).toMatchObject({
    traceId,
    startTime: timeOf(0).replace('Z', '000000Z'),
    durationMs: 100,
    rootService: 'web',
    rootName: 'GET /cart',
    services: ['db', 'web'],
    errorCount: 1,
    warnings: [],
    spans: [
      {
        spanId: root.spanId,
        parentSpanId: null,
        name: root.name,
        service: 'web',
        kind: 'server',
        status: 'ok',
        durationMs: 100,
        selfTimeMs: 49.5,
        depth: 0,
        onCriticalPath: true,
        attributes: root.attributes,
        resource: root.resource,
        events: [],
        links: [],
      },
      {
        spanId: '00000000000000a2',
        parentSpanId: root.spanId,
        kind: 'client',
        status: 'error',
        statusMessage: child.statusMessage,
        durationMs: 50.5,
        selfTimeMs: 50.5,
        depth: 1,
        onCriticalPath: true,
        events: [{ name: 'exception', timestamp: timeOf(30).replace('Z', '000000Z'), attributes: { type: 'Error' } }],
        links: child.links,
      },
    ],
    stats: { elapsedMs: expect.any(Number) },
  });
});

it('sent again, a trace does not double; spans that come later join it', async () => {
  const traceId = traceIdOf(2);
  const span = { traceId, spanId: '00000000000000a1', name: 'one', service: 's', startTime: timeOf(0), durationMs: 1 };
  await send([span]);
  await send([span]);
  await send([{ ...span, spanId: '00000000000000a2', parentSpanId: '00000000000000a1', name: 'two' }]);
  const trace = await read(traceId, 2);
  expect(trace.spans.map(({ name }) => name)).toEqual(['one', 'two']);
});

it('an id of 16 digits has zeros before it; others are not found', async () => {
  const span = { spanId: '00000000000000a1', name: 'short', service: 's', startTime: timeOf(0), durationMs: 1 };
  await send([{ ...span, traceId: '0000000000000000bbbbbbbbbbbbbbbb' }]);
  expect(await read('BBBBBBBBBBBBBBBB', 1)).toMatchObject({ traceId: '0000000000000000bbbbbbbbbbbbbbbb' });
  for (const id of ['f'.repeat(32), 'f'.repeat(31), 'no-trace', "'%20OR%201=1"]) {
    const answer = await api.get(`/query/traces/${id}`);
    expect(answer.status, id).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'not-found' });
  }
});

describe('search', () => {
  const service = 'shop';

  beforeAll(async () => {
    // Trace n begins n seconds after the first and lasts (n · 7) mod 10 + 1 ms; each has a child that fails in every third.
    const spans = Array.from({ length: 10 }, (_, n) => {
      const shared = {
        traceId: traceIdOf(100 + n),
        service,
        startTime: timeOf(n * 1000),
        durationMs: ((n * 7) % 10) + 1,
      };
      return [
        {
          ...shared,
          spanId: '00000000000000a1',
          name: 'checkout',
          attributes: { 'user.tier': n % 2 ? 'gold' : 'free', n },
        },
        {
          ...shared,
          service: 'payment',
          spanId: '00000000000000a2',
          parentSpanId: '00000000000000a1',
          name: 'charge',
          durationMs: 1,
          status: n % 3 === 0 ? 'error' : 'ok',
        },
      ];
    });
    await send(spans.flat());
    await vi.waitFor(async () => expect((await search({ service, limit: 100 })).traces).toHaveLength(10), 60_000);
  });

  const ids = ({ traces }: Summaries) =>
    traces.map(({ traceId }) => Number.parseInt(traceId.slice(-4).replace(/^a+/, ''), 16) - 100);

  it('answers summaries of whole traces, newest first', async () => {
    const found = await search({ service });
    expect(ids(found)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(found.traces[0]).toEqual({
      traceId: traceIdOf(109),
      rootService: service,
      rootName: 'checkout',
      startTime: timeOf(9000).replace('Z', '000000Z'),
      durationMs: 4,
      spanCount: 2,
      errorCount: 1,
      services: ['payment', service],
      matched: {
        count: 1,
        spans: [
          {
            spanId: '00000000000000a1',
            name: 'checkout',
            service,
            startTime: timeOf(9000).replace('Z', '000000Z'),
            durationMs: 4,
            status: 'unset',
            attributes: {},
          },
        ],
      },
    });
  });

  it.each([
    [{ service: 'payment', operation: 'charge', status: 'error' }, [9, 6, 3, 0]],
    [{ operation: 'checkout', attributes: { 'user.tier': 'gold' } }, [9, 7, 5, 3, 1]],
    [{ operation: 'checkout', attributes: { 'user.tier': 'gold', n: 3 } }, [3]],
    [{ query: '{ name = "charge" && status = error }', attributes: { n: '3' } }, [3]],
    [{ service, minDurationMs: 9 }, [7, 4]],
    [{ service, maxDurationMs: 1 }, [0]],
    [{ service, minDurationMs: 4, maxDurationMs: 5 }, [9, 2]],
    [{ service, start: timeOf(2000), end: timeOf(4000) }, [3, 2]],
    [{ service: 'nobody' }, []],
    [{ service, operation: 'charge' }, []],
  ])('%j', async (body, expected) => {
    expect(ids(await search(body))).toEqual(expected);
  });

  it.each([
    ['newest', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['slowest', [7, 4, 1, 8, 5, 2, 9, 6, 3, 0]],
  ])('pages of %s are the whole without gaps', async (sort, expected) => {
    const found: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Summaries = await search({ service, sort, limit: 3, ...(cursor === null ? {} : { cursor }) });
      found.push(...ids(page));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual(expected);
  });

  it('a cursor of another question is refused, what is not valid is named', async () => {
    const { nextCursor } = await search({ service, limit: 3 });
    for (const [body, status, code] of [
      [{ service: 'payment', limit: 3, cursor: nextCursor }, 400, 'invalid-cursor'],
      [{ service, limit: 3, cursor: 'AAAA' }, 400, 'invalid-cursor'],
      [{ query: '{ .a = }' }, 400, 'invalid-query'],
      [{ query: '{} | rate()' }, 422, 'query-not-runnable'],
      [{ status: 'broken' }, 400, 'invalid-request'],
      [{ start: 'yesterday' }, 400, 'invalid-request'],
      [{ limit: 0 }, 400, 'invalid-request'],
    ] as const) {
      const answer = await api.post('/query/traces/search', body);
      expect(answer.status, JSON.stringify(body)).toBe(status);
      expect(await answer.json()).toMatchObject({ code });
    }
  });
});
