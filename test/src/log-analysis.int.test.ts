import type {
  LogCompareAnswer,
  LogContextAnswer,
  LogFacetsAnswer,
  LogHistogramAnswer,
  LogPatternsAnswer,
  LogSearchAnswer,
  LogView,
} from '@aegisguard/model';
import { type JoinedServer, joinServer, sendLogs, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// What the explorer asks of logs besides the logs themselves.

interface Answers {
  readonly search: LogSearchAnswer;
  readonly histogram: LogHistogramAnswer;
  readonly facets: LogFacetsAnswer;
  readonly patterns: LogPatternsAnswer;
  readonly context: LogContextAnswer;
  readonly compare: LogCompareAnswer;
}

type Api = Awaited<ReturnType<typeof signIn>>;

let server: JoinedServer;
let api: Api;
let strangers: Api;
/** A whole hour, an hour and more ago. */
const T0 = Math.floor(Date.now() / 3_600_000 - 1) * 3_600_000;
const at = (second: number): string => new Date(T0 + second * 1000).toISOString();
const range = { start: at(0), end: at(3600) };
const COUNT = 300;

async function ask<P extends keyof Answers>(path: P, body: object, as = api): Promise<Answers[P]> {
  const answer = await as.post(`/query/logs/${path}`, { ...range, ...body });
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as Answers[P];
}

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const stranger = await joinServer();
  strangers = await signIn(stranger.url, stranger.adminEmail, stranger.adminPassword);
  // In the third quarter of the hour one region fails.
  const logs = Array.from({ length: COUNT }, (_, n) => {
    const second = n * 12;
    const isBad = second >= 1800 && second < 2700 && n % 2 === 0;
    return {
      timestamp: at(second),
      service: n % 3 === 0 ? 'web' : 'api',
      level: isBad ? 'error' : 'info',
      host: `host-${n % 2}`,
      message: isBad ? `request ${n} failed after ${n}ms` : `request ${n} took ${n}ms`,
      attributes: { region: isBad ? 'eu' : 'us', 'cart items': n % 4 },
    };
  });
  expect((await sendLogs(server.url, server, logs)).status).toBe(202);
  await vi.waitFor(async () => expect((await ask('histogram', { query: '{}' })).total).toBe(COUNT), 60_000);
});

afterAll(() => server.leave());

const facet = (answer: LogFacetsAnswer, label: string) => answer.facets.find((one) => one.label === label);

describe('facets', () => {
  it('count values of columns and attributes', async () => {
    const answer = await ask('facets', { query: '{}' });
    expect(facet(answer, 'service')).toMatchObject({
      values: [
        { value: 'api', count: 200 },
        { value: 'web', count: 100 },
      ],
      hasMore: false,
    });
    expect(facet(answer, 'region')?.values).toEqual(expect.arrayContaining([{ value: 'eu', count: 38 }]));
    expect(facet(answer, 'cart_items')?.values).toHaveLength(4);
  });

  it('of a query, of named labels, and of what parsers find', async () => {
    const named = await ask('facets', { query: '{region="eu"}', labels: ['level', 'host'], limit: 1 });
    expect(named.facets).toMatchObject([
      { label: 'level', values: [{ value: 'error', count: 38 }], hasMore: false },
      { label: 'host', values: [{ value: 'host-0', count: 38 }] },
    ]);
    const parsed = await ask('facets', { query: '{} | pattern "request <n> <how> <_>" | how="failed"' });
    expect(facet(parsed, 'how')?.values).toEqual([{ value: 'failed', count: 38 }]);
    expect(parsed.newest).toBeNull();
  });
});

describe('patterns', () => {
  it('are found, counted over time, and make filters that find their lines', async () => {
    const answer = await ask('patterns', { query: '{}', buckets: 4 });
    expect(answer).toMatchObject({ total: COUNT, sampled: COUNT, others: 0, bars: 4 });
    const [took, failed] = answer.patterns;
    expect(took).toMatchObject({
      count: 262,
      filter: '|> "request <_> took <_>"',
      exclude: '!> "request <_> took <_>"',
      levels: { info: 262 },
    });
    expect(failed).toMatchObject({ count: 38, counts: [0, 0, 38, 0], levels: { error: 38 } });
    expect(failed?.parts.map((part) => (part.kind === 'text' ? part.text : part.type))).toEqual([
      'request ',
      'number',
      ' failed after ',
      'duration',
    ]);
    const found = await ask('search', { query: `{} ${failed?.filter}`, limit: 1000 });
    expect(found.logs).toHaveLength(38);
    expect((await ask('search', { query: `{} ${failed?.exclude}`, limit: 1000 })).logs).toHaveLength(262);
  });
});

describe('context', () => {
  it('is what the same stream said before and after', async () => {
    const { logs } = await ask('search', { query: '{service="api"} |= "request 100 "' });
    const { id, timestamp } = logs[0] as LogView;
    const answer = await ask('context', { id, timestamp, before: 2, after: 1, start: undefined, end: undefined });
    const numbers = (found: readonly LogView[]) => found.map(({ message }) => Number(message.split(' ')[1]));
    expect(numbers(answer.before)).toEqual([94, 98]);
    expect(numbers([answer.log])).toEqual([100]);
    expect(numbers(answer.after)).toEqual([104]);
    const byService = await ask('context', {
      id,
      timestamp,
      before: 2,
      after: 1,
      labels: ['service'],
      start: undefined,
      end: undefined,
    });
    expect(numbers(byService.before)).toEqual([97, 98]);
    expect(byService.labels).toEqual({ service: 'api' });
    const stranger = await strangers.post('/query/logs/context', { id, timestamp });
    expect(stranger.status).toBe(404);
  });
});

describe('comparison', () => {
  it('names what is different in a part', async () => {
    const answer = await ask('compare', { query: '{}', from: at(1800), to: at(2700) });
    expect(answer).toMatchObject({ inside: 75, outside: 225 });
    const values = answer.values.map(({ label, value }) => `${label}=${value}`);
    expect(values).toEqual(expect.arrayContaining(['region=eu', 'level=error', 'region=us']));
    expect(values).not.toContain('service=web');
  });

  it('is of a part that lies inside', async () => {
    const answer = await api.post('/query/logs/compare', { query: '{}', ...range, from: at(-1), to: at(5) });
    expect(await answer.json()).toMatchObject({ code: 'invalid-request' });
  });
});

describe('export', () => {
  const exported = async (body: object, as = api) => {
    const answer = await as.post('/query/logs/export', { ...range, ...body });
    expect(answer.status).toBe(200);
    return {
      type: answer.headers.get('content-type'),
      name: answer.headers.get('content-disposition'),
      text: await answer.text(),
    };
  };

  it('has every log, and goes on behind any row', async () => {
    const { text, type } = await exported({ query: '{}', direction: 'forward' });
    expect(type).toBe('application/x-ndjson');
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LogView);
    expect(rows.map(({ message }) => message.split(' ')[1])).toEqual(
      Array.from({ length: COUNT }, (_, n) => String(n)),
    );
    const { id, timestamp } = rows[199] as LogView;
    const rest = await exported({ query: '{}', direction: 'forward', after: { id, timestamp } });
    expect(rest.text).toBe(text.split('\n').slice(200).join('\n'));
    const last = rows.at(-1) as LogView;
    expect(
      (await exported({ query: '{}', direction: 'forward', after: { id: last.id, timestamp: last.timestamp } })).text,
    ).toBe('');
  });

  it('makes columns of labels', async () => {
    const { text, type, name } = await exported({
      query: '{service="web"} |= "request 3 "',
      format: 'csv',
      columns: ['region', 'cart_items', 'host'],
    });
    expect(type).toBe('text/csv; charset=utf-8; header=present');
    expect(name).toMatch(/^attachment; filename="logs-\d{4}-\d\d-\d\d\.csv"$/);
    const [head, row] = text.split('\r\n');
    expect(head).toBe('timestamp,id,level,service,message,region,cart_items,host');
    expect(row).toMatch(/Z,[0-9a-f-]+-\d+,info,web,request 3 took 3ms,us,3,host-1$/);
  });

  it('of a query that does not parse is a problem', async () => {
    const answer = await api.post('/query/logs/export', { query: '{' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid-query' });
  });
});

it('nobody sees anything of another organization', async () => {
  for (const [path, body] of [
    ['facets', { query: '{}' }],
    ['patterns', { query: '{}' }],
    ['compare', { query: '{}', from: at(1800), to: at(2700) }],
    ['search', { query: '{}' }],
  ] as const) {
    expect(JSON.stringify(await ask(path, body, strangers))).not.toMatch(/host-|region|request|api|web/);
  }
  const answer = await strangers.post('/query/logs/export', { query: '{}', ...range });
  expect(await answer.text()).toBe('');
});
