import { RULE_ROUTES, type RuleGroup } from '@aegisguard/model';
import { createApiKey, type JoinedServer, joinServer, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAudited } from './expect-audited.ts';

// The whole way of a recording rule: made by a person, evaluated by the scheduler, stored by the worker, queried by its organization alone.

type Api = Awaited<ReturnType<typeof signIn>>;
type Vector = { data: { result: { metric: Record<string, string>; value: [number, string] }[] } };

/** A slot is 5 s, its evaluation 5 s after it, and a busy machine slow. */
const SOON = { timeout: 60_000, interval: 500 };
const NAME = { record: 'room:temperature:max', expr: 'max by (room) (temperature)', labels: { made: 'here' } };
const BAD = { record: 'two:many', expr: 'temperature * on() group_left() temperature', labels: {} };

let server: JoinedServer;
let api: Api;
/** Of another organization. */
let theirs: Api;

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const person = { email: `olga@${server.domain}`, password: 'a long enough pass phrase', name: 'Olga' };
  const body = JSON.stringify({ ...person, organizationName: 'Other' });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${server.url}/auth/register`, { method: 'POST', headers, body })).status).toBe(201);
  theirs = await signIn(server.url, person.email, person.password);
});

afterAll(() => server.leave());

async function json<T>(answer: Promise<Response>): Promise<T> {
  const done = await answer;
  expect(done.status, await done.clone().text()).toBeLessThan(300);
  return (await done.json()) as T;
}

async function ask(who: Api, query: string): Promise<Vector['data']['result']> {
  return (await json<Vector>(who.post('/query/metrics', { query }))).data.result;
}

/** Calls as the owner. */
async function call(method: string, path: string, body?: string, type = 'application/json'): Promise<Response> {
  const headers = {
    authorization: `Bearer ${api.accessToken}`,
    ...(body === undefined ? {} : { 'content-type': type }),
  };
  return fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

const group = async (who: Api, id: string) => json<RuleGroup>(who.get(`/recording-rules/${id}`));

describe('a group', () => {
  it('records what its organization has; another one has its own; a rule that fails says why', async () => {
    const { secret } = await createApiKey(server, 'token', { name: 'sender', scopes: ['metrics:write'] });
    const send = async (values: Record<string, number>) => {
      const metrics = Object.entries(values).map(([place, value]) => ({
        name: 'temperature',
        type: 'gauge',
        value,
        timestamp: Date.now(),
        labels: { room: place[0], place },
      }));
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
      const answer = await fetch(`${server.url}/v1/metrics`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ metrics }),
      });
      expect(answer.status).toBe(202);
    };
    await send({ a1: 20, a2: 22, b1: 18 });
    const made = await Promise.all(
      [api, theirs].map((who) =>
        json<RuleGroup>(who.post('/recording-rules', { name: 'rooms', intervalSeconds: 5, rules: [NAME, BAD] })),
      ),
    );
    const [own, other] = made.map(({ id }) => id) as [string, string];
    await expect
      .poll(async () => (await ask(api, NAME.record)).map(({ metric, value }) => [metric, value[1]]), SOON)
      .toEqual([
        [{ __name__: NAME.record, room: 'a', made: 'here' }, '22'],
        [{ __name__: NAME.record, room: 'b', made: 'here' }, '18'],
      ]);
    await expect
      .poll(() => group(api, own), SOON)
      .toMatchObject({
        state: { health: 'err', samples: 2, lastError: expect.stringMatching(/many-to-many|multiple matches/) },
        rules: [{ state: { health: 'ok', samples: 2 } }, { state: { health: 'err', samples: 0 } }],
      });
    await expect
      .poll(async () => (await group(theirs, other)).rules[0]?.state, SOON)
      .toMatchObject({ health: 'ok', samples: 0 });
    expect(await ask(theirs, NAME.record)).toEqual([]);
    expect((await theirs.get(`/recording-rules/${own}`)).status).toBe(404);

    const rules = await json<{ data: { groups: unknown[] } }>(api.get('/prometheus/api/v1/rules'));
    expect(rules.data.groups).toMatchObject([
      {
        name: 'rooms',
        interval: 5,
        rules: [
          { name: NAME.record, query: NAME.expr, labels: NAME.labels, health: 'ok', type: 'recording' },
          { name: BAD.record, health: 'err', lastError: expect.any(String) },
        ],
      },
    ]);
    expect((await json<typeof rules>(api.get('/prometheus/api/v1/rules?type=alert'))).data.groups).toEqual([]);

    // What is turned off ends what it recorded, minutes before its last sample is too old.
    const { intervalSeconds } = await group(api, own);
    const off = { name: 'rooms', intervalSeconds, rules: [NAME, BAD], enabled: false };
    const change = () => call('PUT', `/recording-rules/${own}`, JSON.stringify(off));
    await expectAudited(api, RULE_ROUTES.updateRuleGroup, change);
    await expect.poll(() => ask(api, NAME.record), SOON).toEqual([]);
    await expectAudited(api, RULE_ROUTES.deleteRuleGroup, () => call('DELETE', `/recording-rules/${own}`));
    expect((await api.get(`/recording-rules/${own}`)).status).toBe(404);
  });

  it('is refused with what is wrong beside its field, and for a name that is taken', async () => {
    const wrong = { name: 'wrong', rules: [NAME, { record: 'x{y="z"}', expr: 'up[5m]', labels: { __name__: 'x' } }] };
    const refused = await api.post('/recording-rules', wrong);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual([
      '/rules/1/record',
      '/rules/1/expr',
      '/rules/1/labels',
    ]);
    const create = () => api.post('/recording-rules', { name: 'once', rules: [NAME] });
    await expectAudited(api, RULE_ROUTES.createRuleGroup, create);
    expect((await create()).status).toBe(409);
  });
});

it('a rule file is imported as it is or as JSON, all or nothing, and what is exported is imported as the same', async () => {
  const file =
    'groups:\n  - name: file\n    interval: 30s\n    rules:\n      - {record: one, expr: 1}\n      - {alert: A, expr: up}\n';
  const { answer } = await expectAudited(api, RULE_ROUTES.importRules, () =>
    api.post('/recording-rules/import', { yaml: file }),
  );
  expect(await answer.json()).toMatchObject({ created: ['file'], updated: [], notCarried: [{ line: 6, what: 'A' }] });
  const exported = await api.get('/recording-rules/export');
  expect(exported.headers.get('content-type')).toMatch(/^application\/yaml/);
  const text = await exported.text();
  expect(text).toContain('record: one');
  const again = await call('POST', '/recording-rules/import', text, 'application/yaml');
  expect(await again.json()).toEqual({ created: [], updated: [], notCarried: [] });
  const bad = await api.post('/recording-rules/import', { yaml: file.replace('expr: 1', 'expr: sum(') });
  expect(bad.status).toBe(400);
  expect(await bad.json()).toMatchObject({ errors: [{ path: '/yaml', line: 5 }] });
  const list = await json<{ items: RuleGroup[]; nextCursor: string }>(api.get('/recording-rules?limit=1'));
  expect(list.items).toHaveLength(1);
  const next = await json<{ items: RuleGroup[] }>(
    api.get(`/recording-rules?limit=1&cursor=${encodeURIComponent(list.nextCursor)}`),
  );
  expect(next.items[0]?.name).toBe('once');
  expect((await api.get('/recording-rules?cursor=x')).status).toBe(400);
});
