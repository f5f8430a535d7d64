import { createApiKey, type JoinedServer, joinServer, sendSigned } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// What Grafana's Tempo data source asks, in its order, and what it reads of the answers: https://grafana.com/docs/tempo/latest/api_docs/

/** Whole seconds, as Grafana sends them; the traces lie in the minutes behind it. */
const T0 = Math.floor(Date.now() / 1000) - 600;
const RANGE = { start: String(T0), end: String(T0 + 300) };
const TRACES = 5;
const TRACE_LAST = traceIdOf(TRACES - 1);

let server: JoinedServer;
let token: string;

type Parameters = Readonly<Record<string, string>>;
interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Spans {
  readonly resource: { readonly attributes: readonly KeyValue[] };
  readonly scopeSpans: readonly { readonly spans: readonly { readonly spanId: string; readonly name: string }[] }[];
}
interface Found {
  readonly traces: readonly {
    readonly traceID: string;
    readonly spanSets?: readonly { readonly matched: number; readonly spans: readonly object[] }[];
  }[];
}
interface Series {
  readonly series: readonly {
    readonly labels: readonly KeyValue[];
    readonly samples: readonly { readonly timestampMs: string; readonly value: number }[];
    readonly exemplars?: readonly { readonly labels: readonly KeyValue[] }[];
  }[];
}

function traceIdOf(at: number): string {
  return `7e${String(at).padStart(30, '0')}`;
}

/** A request that calls a database; of every second the call fails. */
function spansOf(at: number): object[] {
  const traceId = traceIdOf(at);
  const startMs = (T0 + at * 30) * 1000;
  const isFailed = at % 2 === 1;
  const of = (service: string) => ({ traceId, service, resource: { 'k8s.cluster.name': 'eu-1' } });
  return [
    {
      ...of('shop'),
      spanId: `a${at}`.padStart(16, '0'),
      name: 'POST /cart',
      kind: 'server',
      startTime: new Date(startMs).toISOString(),
      durationMs: 100 * (at + 1),
      attributes: { 'http.status_code': isFailed ? 500 : 200, 'http.route': '/cart' },
    },
    {
      ...of('db'),
      spanId: `b${at}`.padStart(16, '0'),
      parentSpanId: `a${at}`.padStart(16, '0'),
      name: 'SELECT',
      kind: 'client',
      startTime: new Date(startMs + 10).toISOString(),
      durationMs: 50,
      ...(isFailed ? { status: 'error', statusMessage: 'no such table' } : {}),
      attributes: { 'db.system': 'postgresql' },
      events: [{ name: 'exception', timestamp: new Date(startMs + 20).toISOString(), attributes: { retried: true } }],
    },
  ];
}

beforeAll(async () => {
  server = await joinServer();
  token = (await createApiKey(server, 'query')).secret;
  const spans = Array.from({ length: TRACES }, (_, at) => spansOf(at)).flat();
  const sent = await sendSigned(server.url, server, '/v1/traces', { spans });
  expect(await sent.json()).toMatchObject({ accepted: spans.length, rejected: 0 });
  await vi.waitFor(
    async () => expect((await search({ q: '{ name = "SELECT" }' })).traces).toHaveLength(TRACES),
    60_000,
  );
});

afterAll(() => server.leave());

function get(path: string, parameters: Parameters = {}, headers: Parameters = {}): Promise<Response> {
  return fetch(`${server.url}/tempo/api/${path}?${new URLSearchParams(parameters)}`, {
    headers: { authorization: `Bearer ${token}`, 'x-grafana-user': 'ann', ...headers },
  });
}

async function json<Answer>(path: string, parameters: Parameters = {}): Promise<Answer> {
  const answer = await get(path, parameters);
  const text = await answer.text();
  expect([answer.status, answer.headers.get('content-type'), text]).toEqual([
    200,
    expect.stringMatching(/^application\/json/),
    text,
  ]);
  return JSON.parse(text) as Answer;
}

function search(parameters: Parameters): Promise<Found> {
  return json<Found>('search', { ...RANGE, ...parameters });
}

async function refusal(path: string, parameters: Parameters = {}): Promise<readonly [number, string]> {
  const answer = await get(path, parameters);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  return [answer.status, await answer.text()];
}

function idsOf({ traces }: Found): string[] {
  return traces.map(({ traceID }) => traceID);
}

describe('saving the data source', () => {
  it('asks for an echo, and for the version', async () => {
    const echo = await get('echo');
    expect([echo.status, await echo.text()]).toEqual([200, 'echo']);
    expect(await json('status/buildinfo')).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  it('says in plain words what is wrong with a token', async () => {
    const answer = await get('echo', {}, { authorization: 'Bearer wrong' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, expect.stringContaining('text/plain')]);
  });
});

describe('the editor', () => {
  it('completes names by scope', async () => {
    const { scopes } = await json<{ scopes: { name: string; tags: string[] }[] }>('v2/search/tags', RANGE);
    const tags = Object.fromEntries(scopes.map((scope) => [scope.name, scope.tags]));
    expect(tags).toMatchObject({
      span: ['db.system', 'http.route', 'http.status_code'],
      resource: expect.arrayContaining(['k8s.cluster.name']),
      event: ['retried'],
      intrinsic: expect.arrayContaining(['duration', 'span:duration', 'status', 'trace:rootService']),
    });
    const ofDatabases = await json('v2/search/tags', { ...RANGE, scope: 'span', q: '{ name = "SELECT" && span. }' });
    expect(ofDatabases).toMatchObject({ scopes: [{ name: 'span', tags: ['db.system'] }] });
    const { tagNames } = await json<{ tagNames: string[] }>('search/tags', { ...RANGE, scope: 'span' });
    expect(tagNames).toEqual(['db.system', 'http.route', 'http.status_code']);
  });

  it('completes values with their types, of spans that are asked for', async () => {
    const values = (tag: string, q = '') =>
      json<{ tagValues: { type: string; value: string }[] }>(`v2/search/tag/${encodeURIComponent(tag)}/values`, {
        ...RANGE,
        q,
      }).then(({ tagValues }) => tagValues.map(({ type, value }) => `${type} ${value}`).sort());
    expect(await values('span.http.status_code')).toEqual(['int 200', 'int 500']);
    expect(await values('.http.status_code', '{ span.http.status_code > 200 && resource. }')).toEqual(['int 500']);
    expect(await values('resource.service.name')).toEqual(['string db', 'string shop']);
    expect(await values('status')).toEqual(['keyword error', 'keyword unset']);
    expect(await values('name', '{ kind = client }')).toEqual(['string SELECT']);
    expect(await values('event.retried')).toEqual(['bool true']);
    expect(await values('span.absent')).toEqual([]);
    const { tagValues } = await json<{ tagValues: string[] }>('search/tag/service.name/values', RANGE);
    expect(tagValues).toEqual(['db', 'shop']);
    expect(await refusal('v2/search/tag/service.name/values', RANGE)).toEqual([
      400,
      expect.stringContaining('resource.service.name'),
    ]);
  });
});

describe('search', () => {
  it('by TraceQL, newest first, with the spans that were found', async () => {
    const { traces } = await search({ q: '{ status = error } | select(span.db.system)', limit: '20', spss: '10' });
    expect(traces).toHaveLength(2);
    expect(traces[0]).toEqual({
      traceID: traceIdOf(3),
      rootServiceName: 'shop',
      rootTraceName: 'POST /cart',
      startTimeUnixNano: `${T0 + 90}000000000`,
      durationMs: 400,
      spanSet: expect.anything(),
      spanSets: [
        {
          spans: [
            {
              spanID: '00000000000000b3',
              name: 'SELECT',
              startTimeUnixNano: `${T0 + 90}010000000`,
              durationNanos: '50000000',
              attributes: expect.arrayContaining([
                { key: 'status', value: { stringValue: 'error' } },
                { key: 'db.system', value: { stringValue: 'postgresql' } },
              ]),
            },
          ],
          matched: 1,
        },
      ],
    });
  });

  it('knows structure, groups, numbers and limits', async () => {
    expect(idsOf(await search({ q: '{ resource.service.name = "shop" } >> { status = error }' }))).toHaveLength(2);
    expect(idsOf(await search({ q: '{} | count() > 2' }))).toEqual([]);
    const grouped = await search({ q: '{} | by(resource.service.name) | count() > 0', limit: '1' });
    expect(grouped.traces).toEqual([expect.objectContaining({ traceID: TRACE_LAST })]);
    expect(grouped.traces[0]?.spanSets).toHaveLength(2);
    expect(idsOf(await search({ q: '{ .a = 1 }' }))).toEqual([]);
    expect(idsOf(await search({ q: '{}', limit: '2' }))).toEqual([TRACE_LAST, traceIdOf(TRACES - 2)]);
  });

  it('by tags and durations, as the first versions of Grafana do', async () => {
    expect(idsOf(await search({ tags: 'service.name=SHO http.status_code=500' }))).toHaveLength(2);
    expect(idsOf(await search({ tags: 'db.system=postgres', minDuration: '450ms' }))).toEqual([TRACE_LAST]);
    expect(idsOf(await search({ minDuration: '150ms', maxDuration: '250ms' }))).toEqual([traceIdOf(1)]);
    expect(idsOf(await search({}))).toHaveLength(TRACES);
  });

  it('says where a query does not parse, and what is wrong with parameters', async () => {
    expect(await refusal('search', { q: '{ .a = }' })).toEqual([
      400,
      expect.stringMatching(/^invalid TraceQL query: parse error at line 1, col 8: syntax error: unexpected }/),
    ]);
    expect(await refusal('search', { q: '{} | rate()' })).toEqual([400, expect.stringContaining('metrics')]);
    expect(await refusal('search', { limit: '-1' })).toEqual([400, expect.stringContaining('limit')]);
    expect(await refusal('search', { start: '5', end: '1' })).toEqual([400, expect.any(String)]);
    expect(await refusal('search', { tags: 'a="b' })).toEqual([400, expect.stringContaining('tags')]);
  });
});

describe('a trace', () => {
  it('is OpenTelemetry’s, in both ways and encodings', async () => {
    const { batches } = await json<{ batches: Spans[] }>(`traces/${traceIdOf(1)}`);
    const second = await json<{ trace: { resourceSpans: Spans[] } }>(`v2/traces/${traceIdOf(1)}`);
    expect(second.trace.resourceSpans).toEqual(batches);
    expect(batches.map(({ resource }) => resource.attributes.find(({ key }) => key === 'service.name')?.value)).toEqual(
      [{ stringValue: 'shop' }, { stringValue: 'db' }],
    );
    const spans = batches.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    expect(spans).toMatchObject([
      {
        spanId: '00000000000000a1',
        name: 'POST /cart',
        kind: 2,
        startTimeUnixNano: `${T0 + 30}000000000`,
        endTimeUnixNano: `${T0 + 30}200000000`,
        attributes: expect.arrayContaining([{ key: 'http.status_code', value: { intValue: '500' } }]),
      },
      {
        parentSpanId: '00000000000000a1',
        status: { code: 2, message: 'no such table' },
        events: [{ name: 'exception', attributes: [{ key: 'retried', value: { boolValue: true } }] }],
      },
    ]);
    const asked = { accept: 'application/protobuf' };
    const answer = await get(`traces/${traceIdOf(1)}`, {}, asked);
    expect(answer.headers.get('content-type')).toBe('application/protobuf');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(['POST /cart', 'no such table', 'k8s.cluster.name'].map((text) => bytes.includes(text))).toEqual([
      true,
      true,
      true,
    ]);
    const wrapped = Buffer.from(await (await get(`v2/traces/${traceIdOf(1)}`, {}, asked)).arrayBuffer());
    // The trace is field 1 of the answer.
    expect([wrapped[0], wrapped.subarray(-bytes.length)]).toEqual([10, bytes]);
  });

  it('can be asked for some of its spans', async () => {
    const names = async (parameters: Parameters) => {
      const { trace } = await json<{ trace: { resourceSpans: Spans[] } }>(`v2/traces/${traceIdOf(1)}`, parameters);
      return trace.resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
      );
    };
    expect(await names({ q: '{ status = error }' })).toEqual(['POST /cart', 'SELECT']);
    expect(await names({ q: '{ status = error }', keep_hierarchy: 'false' })).toEqual(['SELECT']);
    expect(await names({ q: '{ name = "none" }' })).toEqual([]);
    expect(await names({ q: '{ true }' })).toHaveLength(2);
    expect(await refusal(`v2/traces/${traceIdOf(1)}`, { q: '{} | rate()' })).toEqual([400, expect.any(String)]);
  });

  it('is found where it is, without leading zeros, and else nowhere', async () => {
    expect((await get(`traces/${traceIdOf(1)}`, RANGE)).status).toBe(200);
    const before = { start: String(T0 - 900), end: String(T0 - 600) };
    expect(await refusal(`traces/${traceIdOf(1)}`, before)).toEqual([404, 'trace not found']);
    expect(await refusal('v2/traces/1234')).toEqual([404, 'trace not found']);
    expect(await refusal('traces/no-id')).toEqual([400, expect.stringContaining('hex')]);
  });
});

describe('metrics', () => {
  const labelOf = ({ labels: [label] }: Series['series'][number]) => label;

  it('over a range, with exemplars', async () => {
    const { series } = await json<Series>('metrics/query_range', {
      ...RANGE,
      q: '{} | count_over_time() by (resource.service.name)',
      step: '30s',
      exemplars: '5',
    });
    expect(series.map(labelOf)).toEqual([
      { key: 'resource.service.name', value: { stringValue: 'db' } },
      { key: 'resource.service.name', value: { stringValue: 'shop' } },
    ]);
    for (const { samples, exemplars } of series) {
      expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(TRACES);
      expect(samples[0]?.timestampMs).toBe(String(T0 * 1000));
      expect(exemplars?.[0]?.labels[0]).toEqual({ key: 'trace:id', value: { stringValue: traceIdOf(0) } });
    }
  });

  it('as one value each, and only of what is asked', async () => {
    const failed = '{ status = error } | count_over_time()';
    expect(await json('metrics/query', { ...RANGE, q: failed })).toMatchObject({ series: [{ value: 2 }] });
    const slowest = await json('metrics/query', { ...RANGE, q: '{} | max_over_time(duration)' });
    expect(slowest).toMatchObject({ series: [{ value: 0.5 }] });
    expect(await json('metrics/query_range', { q: '{ .a = 1 } | rate()', since: '15m' })).toMatchObject({ series: [] });
    expect(await refusal('metrics/query_range', { q: '{}' })).toEqual([400, expect.stringContaining('not a metrics')]);
    expect(await refusal('metrics/query')).toEqual([400, expect.stringContaining('q is required')]);
  });
});
