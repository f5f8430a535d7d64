import { type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// TraceQL over what was sent: traces that are found, page by page, what their spans look like together, series, and the words to ask with.

let server: JoinedServer;
let other: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
let stranger: Awaited<ReturnType<typeof signIn>>;

const TRACES = 12;
const FIRST_ID = 0xb0_00;
/** The minute in which the first trace begins; each begins a minute after the one before. */
const BASE = Math.floor(Date.now() / 60_000) * 60_000 - 30 * 60_000;
const RANGE = { start: new Date(BASE).toISOString(), end: new Date(BASE + TRACES * 60_000).toISOString() };

interface Page {
  readonly traces: readonly {
    readonly traceId: string;
    readonly matched?: { readonly count: number; readonly spans: readonly Record<string, unknown>[] };
  }[];
  readonly nextCursor: string | null;
}

/** Trace n: shop's root calls cart, which asks the database n mod 4 times; each third one fails there, and says so in an event. */
function spansOf(n: number): object[] {
  const traceId = (FIRST_ID + n).toString(16).padStart(32, '0');
  const startTime = new Date(BASE + n * 60_000).toISOString();
  const shared = { traceId, startTime, resource: { 'deployment.region': n % 2 === 0 ? 'eu' : 'us' } };
  const isFailed = n % 3 === 0;
  const queries = Array.from({ length: n % 4 }, (_, number) => ({
    ...shared,
    spanId: `000000000000010${number}`,
    parentSpanId: '00000000000000a2',
    name: 'SELECT',
    service: 'db',
    kind: 'client',
    durationMs: number + 1,
    status: isFailed ? 'error' : 'unset',
    attributes: { 'db.system': 'postgresql', rows: number * 10, 'db.tables': ['users', 'carts'] },
    events: isFailed
      ? [{ name: 'exception', timestamp: startTime, attributes: { 'exception.message': 'no such table' } }]
      : [],
  }));
  return [
    {
      ...shared,
      spanId: '00000000000000a1',
      name: 'GET /cart',
      service: 'shop',
      kind: 'server',
      durationMs: 100 + n * 10,
      status: 'ok',
      attributes: { 'http.status_code': n % 5 === 0 ? 500 : 200, 'http.route': '/cart', cached: n % 2 === 0 },
    },
    {
      ...shared,
      spanId: '00000000000000a2',
      parentSpanId: '00000000000000a1',
      name: 'load',
      service: 'cart',
      durationMs: 50,
      attributes: { 'user.tier': n < 6 ? 'gold' : 'free' },
    },
    ...queries,
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
  await vi.waitFor(async () => expect((await search({ limit: 100 })).traces).toHaveLength(TRACES), 60_000);
});

afterAll(async () => {
  await Promise.all([server.leave(), other.leave()]);
});

async function ask<Answer>(path: string, body: object, caller = api): Promise<Answer> {
  const answer = await caller.post(`/query/traces/${path}`, { ...RANGE, ...body });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

const search = (body: object): Promise<Page> => ask('search', body);

/** Which traces were found, in their order. */
function numbers({ traces }: Page): number[] {
  return traces.map(({ traceId }) => Number.parseInt(traceId, 16) - FIRST_ID);
}

describe('search', () => {
  it.each([
    ['{}', [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['{ resource.service.name = "shop" && span.http.status_code = 500 }', [10, 5, 0]],
    ['{ .http.status_code >= 500 }', [10, 5, 0]],
    ['{ span.http.status_code = "500" }', []],
    ['{ resource.deployment.region = "us" && name = "load" && .user.tier = "gold" }', [5, 3, 1]],
    ['{ span.cached }', [10, 8, 6, 4, 2, 0]],
    ['{ !(span.user.tier = "gold") && name = "load" }', [11, 10, 9, 8, 7, 6]],
    ['{ span.rows > 2 * 5 }', [11, 7, 3]],
    ['{ span.db.tables = "users" && span.db.tables != "orders" && status = error }', [9, 6, 3]],
    ['{ event.exception.message =~ ".*table" && event:name = "exception" }', [9, 6, 3]],
    ['{ span.http.route = nil && status = ok }', []],
    ['{ duration > 195ms }', [11, 10]],
    ['{ traceDuration >= 200ms && rootServiceName = "shop" && name = "SELECT" }', [11, 10]],
    ['{ nestedSetParent < 0 && childCount = 1 && kind = server } >> { status = error }', [9, 6, 3]],
    ['{ resource.service.name = "shop" } > { resource.service.name = "db" }', []],
    ['{ resource.service.name = "shop" } >> { resource.service.name = "db" }', [11, 10, 9, 7, 6, 5, 3, 2, 1]],
    ['{ span.rows = 0 } ~ { span.rows = 20 }', [11, 7, 3]],
    ['{ name = "SELECT" } << { span.http.status_code = 500 }', [10, 5]],
    ['{ name = "SELECT" } !< { name = "load" }', [8, 4, 0]],
    ['{ name = "load" } &> { status = error }', [9, 6, 3]],
    ['{ span.http.status_code = 500 } && { name = "SELECT" }', [10, 5]],
    ['{ span.http.status_code = 500 } || { span.rows = 20 }', [11, 10, 7, 5, 3, 0]],
    ['{ name = "SELECT" } | count() > 2', [11, 7, 3]],
    ['{} | by(resource.service.name) | count() > 2', [11, 7, 3]],
    ['{ name = "SELECT" } | avg(duration) >= 2ms', [11, 7, 3]],
    ['{ name = "SELECT" } | sum(span.rows) = 10', [10, 6, 2]],
    ['({ name = "SELECT" } | count()) = ({ status = error } | count())', [9, 6, 3]],
    ['{ parent.name = "load" && parent.resource.deployment.region = "eu" && status = error }', [6]],
    ['{ trace:id = "b003" }', [3]],
  ])('%s', async (query, expected) => {
    expect(numbers(await search({ query }))).toEqual(expected);
  });

  it.each([
    [{ query: '{ name = "SELECT" }', attributes: { 'user.tier': 'gold' } }, [5, 3, 2, 1]],
    [{ query: '{ status = error }', service: 'shop', attributes: { 'http.status_code': 200 } }, [9, 6, 3]],
    [{ attributes: { 'exception.message': 'no such table' } }, [9, 6, 3]],
    [{ attributes: { 'deployment.region': 'us', 'http.status_code': '500' } }, [5]],
    [{ attributes: { cached: true }, minDurationMs: 180, maxDurationMs: 200 }, [10, 8]],
    [{ service: 'cart', attributes: { 'http.status_code': 500 } }, []],
    [{ sort: 'slowest', query: '{ span.rows = 20 }' }, [11, 7, 3]],
  ])('%j', async (body, expected) => {
    expect(numbers(await search(body))).toEqual(expected);
  });

  it('tells of the spans that matched, the earliest first, with what the query names', async () => {
    const { traces } = await search({
      query: '{ name = "SELECT" && span.rows >= 0 } | select(span.db.system, kind)',
      spansPerTrace: 2,
      limit: 1,
    });
    expect(traces).toMatchObject([
      {
        rootService: 'shop',
        rootName: 'GET /cart',
        spanCount: 5,
        services: ['cart', 'db', 'shop'],
        matched: {
          count: 3,
          spans: [
            {
              spanId: '0000000000000100',
              name: 'SELECT',
              service: 'db',
              durationMs: 1,
              status: 'unset',
              attributes: { 'span.rows': 0, 'span.db.system': 'postgresql', kind: 'client' },
            },
            { spanId: '0000000000000101', attributes: { 'span.rows': 10 } },
          ],
        },
      },
    ]);
    expect((await search({ limit: 1 })).traces[0]?.matched).toBeUndefined();
  });

  it.each(['newest', 'slowest'])('pages of the %s are the whole, without gaps', async (sort) => {
    for (const query of ['{ name = "load" }', '{ name = "load" } > { name = "SELECT" }']) {
      const whole = numbers(await search({ query, sort, limit: 100 }));
      const found: number[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await search({ query, sort, limit: 2, ...(cursor === null ? {} : { cursor }) });
        expect(page.traces.length).toBeGreaterThan(0);
        found.push(...numbers(page));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(found).toEqual(whole);
      expect(found.length).toBeGreaterThan(8);
    }
  });

  it('looks at spans of the range only', async () => {
    const [start, end] = [2, 5].map((minutes) => new Date(BASE + minutes * 60_000).toISOString());
    expect(numbers(await search({ query: '{ name = "load" }', start, end }))).toEqual([4, 3, 2]);
  });

  it.each([
    ['search', { query: '{ name = }' }, 400, 'invalid-query'],
    ['search', { query: '{ name =~ "(" }' }, 400, 'invalid-query'],
    ['search', { query: '{} | rate()' }, 422, 'query-not-runnable'],
    ['metrics', { query: '{}' }, 422, 'query-not-runnable'],
    ['metrics', { query: '{} | rate() by (' }, 400, 'invalid-query'],
    ['metrics', { query: '{} | rate()', step: '1ms' }, 422, 'query-too-large'],
    ['overview', { query: '{ . }' }, 400, 'invalid-query'],
    ['overview', { facets: ['nonsense'] }, 400, 'invalid-query'],
    ['overview', { facets: ['name', 'parent.user.tier'] }, 422, 'query-not-runnable'],
    ['overview', { facets: ['childCount'] }, 422, 'query-not-runnable'],
    ['fields', { query: '{ name' }, 400, 'invalid-query'],
    ['values', { field: '' }, 400, 'invalid-request'],
    ['values', { field: 'childCount' }, 422, 'query-not-runnable'],
  ])('%s refuses %j', async (path, body, status, code) => {
    const answer = await api.post(`/query/traces/${path}`, { ...RANGE, ...body });
    expect(answer.status, await answer.clone().text()).toBe(status);
    const problem = (await answer.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ code });
    if (code === 'invalid-query') {
      expect(problem.position).toEqual(expect.any(Number));
    }
  });
});

interface Series {
  readonly series: readonly {
    readonly labels: Record<string, string>;
    readonly points: readonly (readonly [number, number])[];
    readonly exemplars?: readonly Record<string, unknown>[];
  }[];
}

describe('metrics', () => {
  /** The sums of the points of series, by their labels. */
  async function sums(query: string, step = '60s'): Promise<Record<string, number>> {
    const { series } = await ask<Series>('metrics', { query, step, exemplars: 0 });
    return Object.fromEntries(
      series.map(({ labels, points }) => [
        Object.entries(labels)
          .map(([name, value]) => `${name}=${value}`)
          .join(','),
        Number(points.reduce((sum, [, value]) => sum + value, 0).toFixed(6)),
      ]),
    );
  }

  it.each([
    ['{ name = "SELECT" } | count_over_time()', { '__name__=count_over_time': 18 }],
    [
      '{} | count_over_time() by (resource.service.name)',
      { 'resource.service.name=cart': 12, 'resource.service.name=db': 18, 'resource.service.name=shop': 12 },
    ],
    ['{ name = "SELECT" } | rate()', { '__name__=rate': 18 / 60 }],
    [
      '{ name = "SELECT" } | count_over_time() by (span.rows)',
      { 'span.rows=0': 9, 'span.rows=10': 6, 'span.rows=20': 3 },
    ],
    ['{ name = "load" } | count_over_time() by (span.http.route)', { 'span.http.route=<nil>': 12 }],
    ['{ name = "load" } > {} | count_over_time()', { '__name__=count_over_time': 18 }],
    [
      '{ event:name = "exception" } | count_over_time() by (event.exception.message)',
      { 'event.exception.message=no such table': 6 },
    ],
    ['{ span.rows + 1 > 11 } | count_over_time()', { '__name__=count_over_time': 3 }],
    ['{ name = "SELECT" } | sum_over_time(span.rows)', { '__name__=sum_over_time': 120 }],
    ['{ name = "SELECT" } | max_over_time(span.rows)', { '__name__=max_over_time': 90 }],
    ['{ name = "load" } | avg_over_time(duration)', { '__name__=avg_over_time': 0.6 }],
    ['{ name = "load" } | histogram_over_time(duration)', { '__bucket=0.067108864': 12 }],
    [
      '{ name = "SELECT" } | histogram_over_time(duration)',
      { '__bucket=0.001048576': 9, '__bucket=0.002097152': 6, '__bucket=0.004194304': 3 },
    ],
    [
      '{} | count_over_time() by (resource.service.name) | topk(1)',
      { 'resource.service.name=cart': 6, 'resource.service.name=db': 15 },
    ],
    ['{} | count_over_time() by (resource.service.name) > 2', { 'resource.service.name=db': 9 }],
    ['({ status = error } | count_over_time()) / ({} | count_over_time())', { '': 3 / 5 + 2 / 4 + 1 / 3 }],
    ['{ name = "GET /cart" } | avg_over_time(duration) > 195ms', { '__name__=avg_over_time': 0.41 }],
  ])('%s', async (query, expected) => {
    expect(await sums(query)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([labels, sum]) => [labels, expect.closeTo(sum, 5)])),
    );
  });

  it('tells quantiles by powers of two', async () => {
    const found = await sums('{ name = "load" } | quantile_over_time(duration, .5, 1)', '12m');
    // 12 durations of 50 ms lie between 2²⁵ and 2²⁶ nanoseconds.
    expect(found).toEqual({ 'p=0.5': expect.closeTo(2 ** 25.5 / 1e9, 6), 'p=1': expect.closeTo(2 ** 26 / 1e9, 6) });
  });

  it('compares spans with others', async () => {
    const { series } = await ask<Series>('metrics', {
      query: '{ name = "SELECT" } | compare({ status = error }, 2)',
      step: '12m',
    });
    const counts = series
      .filter(({ labels }) => 'resource.deployment.region' in labels)
      .map(({ labels, points }) => [labels.__meta_type, labels['resource.deployment.region'], points[0]?.[1]]);
    expect(counts).toEqual([
      ['baseline', 'eu', 4],
      ['baseline', 'us', 8],
      ['baseline_total', '<nil>', 12],
      ['selection', 'eu', 2],
      ['selection', 'us', 4],
      ['selection_total', '<nil>', 6],
    ]);
    expect(series.some(({ labels }) => labels.__meta_error === '__too_many_values__' && 'span.rows' in labels)).toBe(
      true,
    );
  });

  it('shows spans that stand for others', async () => {
    for (const query of [
      '{ name = "load" } | avg_over_time(duration)',
      '{ name = "GET /cart" } > { name = "load" } | rate()',
    ]) {
      const { series } = await ask<Series>('metrics', { query, step: '60s', exemplars: 4 });
      const exemplars = series[0]?.exemplars ?? [];
      expect(exemplars.length).toBeGreaterThan(1);
      expect(exemplars.length).toBeLessThanOrEqual(4);
      expect(exemplars[0]).toMatchObject({ spanId: '00000000000000a2', value: expect.any(Number) });
    }
  });
});

describe('what spans look like together', () => {
  interface Overview {
    readonly spanCount: number;
    readonly errorCount: number;
    readonly spans: readonly number[];
    readonly errors: readonly number[];
    readonly stepMs: number;
    readonly durations: readonly object[];
    readonly facets: readonly object[];
  }

  it('is of the spans of which the query and the fields beside it are true', async () => {
    const query = '{ span.user.tier = "gold" } > { span.rows = 0 }';
    expect(await ask('overview', { query })).toMatchObject({ spanCount: 15 });
    expect(await ask('overview', { query, service: 'db' })).toMatchObject({ spanCount: 9 });
  });

  it.each(['{ name = "SELECT" }', '{ name = "SELECT" && span.rows + 1 > 0 }'])('%s', async (query) => {
    const overview = await ask<Overview>('overview', {
      query,
      steps: 12,
      facets: ['span.rows', 'resource.service.name'],
    });
    expect(overview).toMatchObject({ spanCount: 18, errorCount: 6, stepMs: 60_000 });
    expect(overview.spans).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
    expect(overview.errors).toEqual([0, 0, 0, 3, 0, 0, 2, 0, 0, 1, 0, 0]);
    expect(overview.durations).toEqual([
      { upToMs: 1.048576, spans: 9, errors: 3 },
      { upToMs: 2.097152, spans: 6, errors: 2 },
      { upToMs: 4.194304, spans: 3, errors: 1 },
    ]);
    expect(overview.facets).toEqual([
      {
        field: 'span.rows',
        values: [
          { value: 0, count: 9 },
          { value: 10, count: 6 },
          { value: 20, count: 3 },
        ],
      },
      { field: 'resource.service.name', values: [{ value: 'db', count: 18 }] },
    ]);
  });

  it('names what attributes there are, and their values', async () => {
    const { fields } = await ask<{ fields: object[] }>('fields', { query: '{ name = "SELECT" }' });
    expect(fields).toContainEqual({ scope: 'span', name: 'db.system', type: 'string', count: 18 });
    expect(fields).toContainEqual({ scope: 'event', name: 'exception.message', type: 'string', count: 6 });
    expect(fields).not.toContainEqual(expect.objectContaining({ name: 'http.route' }));
    const { values } = await ask<{ values: object[] }>('values', { field: 'span.user.tier' });
    expect(values).toEqual([
      { value: 'free', count: 6 },
      { value: 'gold', count: 6 },
    ]);
    const named = await ask<{ values: object[] }>('values', { field: 'name', query: '{ status = error }' });
    expect(named.values).toEqual([{ value: 'SELECT', count: 6 }]);
  });
});

it('shows nothing to another organization', async () => {
  expect(await ask('search', { query: '{}' }, stranger)).toMatchObject({ traces: [], nextCursor: null });
  expect(await ask('search', { query: '{ trace:id = "b003" }' }, stranger)).toMatchObject({ traces: [] });
  expect(await ask('metrics', { query: '{} | count_over_time()' }, stranger)).toMatchObject({ series: [] });
  expect(await ask('metrics', { query: '{} >> {} | count_over_time()' }, stranger)).toMatchObject({ series: [] });
  expect(await ask('overview', { facets: ['name'] }, stranger)).toMatchObject({
    spanCount: 0,
    facets: [{ values: [] }],
  });
  expect(await ask('fields', {}, stranger)).toMatchObject({ fields: [] });
  expect(await ask('values', { field: 'name' }, stranger)).toMatchObject({ values: [] });
  const { nextCursor } = await search({ query: '{}', limit: 1 });
  const stolen = await stranger.post('/query/traces/search', { ...RANGE, query: '{}', limit: 1, cursor: nextCursor });
  expect(stolen.status).toBe(400);
});
