import { type JoinedServer, joinServer, sendLogs, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// The whole way of a metric made of logs: a rule of an organization, its logs, PromQL.

type Api = Awaited<ReturnType<typeof signIn>>;

const STEPS = [
  { kind: 'regex', expression: 'took (?P<seconds>[\\d.]+)s for (?P<who>\\S+)', store: false },
  { kind: 'metric', type: 'counter', name: 'story_logs_total', labels: { level: '', who: '' }, description: 'Logs.' },
  { kind: 'metric', type: 'histogram', name: 'story_seconds', source: 'seconds', buckets: [0.1, 1] },
  { kind: 'metric', type: 'gauge', name: 'story_last', source: 'seconds' },
  { kind: 'drop', sources: ['level'], value: 'debug' },
  { kind: 'metric', type: 'counter', name: 'story_kept_total' },
];
/** Metrics are read every 15 s, and a busy machine is slow. */
const SOON = { timeout: 60_000, interval: 500 };

let server: JoinedServer;
let api: Api;
let others: Api;

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const person = { email: `olga@${server.domain}`, password: 'a long enough pass phrase', name: 'Olga' };
  const body = JSON.stringify({ ...person, organizationName: 'Other' });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${server.url}/auth/register`, { method: 'POST', headers, body })).status).toBe(201);
  others = await signIn(server.url, person.email, person.password);
});

afterAll(() => server.leave());

async function put(pipelines: object, version: number): Promise<void> {
  const headers = { authorization: `Bearer ${api.accessToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ pipelines, version });
  const answer = await fetch(`${server.url}/log-pipelines`, { method: 'PUT', headers, body });
  expect(answer.status, await answer.text()).toBe(200);
}

/** Values by the labels that are no metric's name. */
async function ask(who: Api, query: string): Promise<Record<string, number>> {
  const answer = (await (await who.post('/query/metrics', { query })).json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return Object.fromEntries(
    answer.data.result.map(({ metric: { __name__: _, ...labels }, value }) => [
      Object.values(labels).join(' '),
      Number(value[1]),
    ]),
  );
}

it('logs are counted once each, whatever becomes of them, and are their organization’s', async () => {
  const pipelines = { rules: [{ name: 'story', selector: '{service_name="story"}', steps: STEPS }] };
  await put(pipelines, 0);
  const log = (at: number) => ({
    service: 'story',
    level: at % 4 === 0 ? 'debug' : 'info',
    message: `took ${at / 100}s for ${at % 2 === 0 ? 'jo.doe@planted-example.com' : 'al'}`,
    ingestId: `story-${at}`,
  });
  const batch = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => log(from + at));
  const batches = [batch(0, 100), batch(100, 150), batch(50, 120), batch(0, 150), batch(150, 151)];
  for (const logs of batches) {
    expect((await sendLogs(server.url, server, logs)).status).toBe(202);
  }
  // 0 to 150, of which some came two or three times, in batches that have others' ids.
  const expected = { 'debug [REDACTED:email]': 38, 'info [REDACTED:email]': 38, 'info al': 75 };
  await vi.waitFor(async () => expect(await ask(api, 'story_logs_total')).toEqual(expected), SOON);
  expect(await ask(api, 'sum(story_kept_total)')).toEqual({ '': 113 });
  expect(await ask(api, 'story_seconds_bucket')).toEqual({ 0.1: 11, 1: 101, '+Inf': 151 });
  expect((await ask(api, 'story_seconds_sum'))['']).toBeCloseTo(113.25, 6);
  expect(await ask(api, 'story_last')).toEqual({ '': 1.5 });
  // A series has what it was before its first log: nothing.
  const rise = 'sum(max_over_time(story_logs_total[5m]) - min_over_time(story_logs_total[5m]))';
  expect(await ask(api, rise)).toEqual({ '': 151 });
  // Extrapolated by a slot at most.
  const increase = (await ask(api, 'increase(story_kept_total[5m])'))[''] ?? 0;
  expect(increase).toBeGreaterThan(112.9);
  expect(increase).toBeLessThan(113 * 1.08);
  expect(await ask(others, '{__name__=~"story_.*"}')).toEqual({});
  const metadata = await (await api.get('/prometheus/api/v1/metadata?metric=story_logs_total')).json();
  expect(metadata).toMatchObject({ data: { story_logs_total: [{ type: 'counter', help: 'Logs.' }] } });
});

it('a preview says what lines would do to metrics', async () => {
  const pipelines = { rules: [{ name: 'story', steps: STEPS }] };
  const lines = ['took 2s for al'];
  const answer = await api.post('/log-pipelines/preview', { pipelines, lines });
  const { logs } = (await answer.json()) as { logs: { metrics: object[] }[] };
  expect(logs[0]?.metrics).toEqual([
    { name: 'story_logs_total', type: 'counter', labels: { level: 'info', who: 'al' }, action: 'add', value: 1 },
    { name: 'story_seconds', type: 'histogram', labels: {}, action: 'observe', value: 2 },
    { name: 'story_last', type: 'gauge', labels: {}, action: 'set', value: 2 },
    { name: 'story_kept_total', type: 'counter', labels: {}, action: 'add', value: 1 },
  ]);
});
