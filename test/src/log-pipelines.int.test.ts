import { openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import { INGEST_SCOPES } from '@aegisguard/model';
import { type JoinedServer, joinServer, type Signer, sendLogs, signIn, TEST_SECRETS } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { expectWithin } from './testing/expect-within.ts';

// What rules say is done to an organization's logs, within seconds of their change, before personal data is looked for, and to nobody else's.

const PASSWORD = 'another fine long password';
const PIPELINES = {
  rules: [
    {
      name: 'orders',
      selector: '{service_name="shop"} |= "order"',
      steps: [
        { kind: 'regex', expression: 'order=(?P<order>\\d+) by (?P<who>\\S+) at (?P<where>\\S+)' },
        { kind: 'template', source: 'mail', template: '{{ .who }}@{{ .where }}' },
        { kind: 'attributes', attributes: { mail: '' } },
        { kind: 'drop-attributes', names: ['who', 'where'] },
      ],
    },
    { name: 'noise', selector: '{level="debug"}', steps: [{ kind: 'drop', expression: '.' }] },
  ],
  retention: [{ selector: '{service_name="shop", order="7"}', days: 365 }],
};
/** A change holds 5 seconds later, unless the database lets the worker wait. */
const HOLDS_WITHIN_MS = 8000;

interface Organization {
  readonly signer: Signer;
  readonly api: Awaited<ReturnType<typeof signIn>>;
}

let server: JoinedServer;
let a: Organization;
let b: Organization;

beforeAll(async () => {
  server = await joinServer();
  const accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const { id } = await accounts.users.create({ email: `b@${server.domain}`, password: PASSWORD, name: 'B' });
  const orgB = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: id });
  const { keyId, secret } = await accounts.ingestKeys.create(orgB, { name: 'b', scopes: INGEST_SCOPES });
  await accounts.close();
  a = { signer: server, api: await signIn(server.url, server.adminEmail, server.adminPassword) };
  b = { signer: { orgKey: keyId, orgSecret: secret }, api: await signIn(server.url, `b@${server.domain}`, PASSWORD) };
});

afterAll(async () => {
  await server.leave();
});

function put({ api }: Organization, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${api.accessToken}`, 'content-type': 'application/json' };
  return fetch(`${server.url}/log-pipelines`, { method: 'PUT', headers, body: JSON.stringify(body) });
}

async function search({ api }: Organization, query: string): Promise<Record<string, unknown>[]> {
  const answer = await api.post('/query/logs/search', { query });
  return ((await answer.json()) as { logs: Record<string, unknown>[] }).logs;
}

/** Sends an order and a line of noise under a name, and gives what is stored of them once the order is. */
async function stored(of: Organization, name: string): Promise<Record<string, unknown>[]> {
  const message = `order=7 by jo.doe at planted-example.com (${name})`;
  const records = [
    { service: 'shop', message: `noise ${name}`, level: 'debug' },
    { service: 'shop', message, level: 'info' },
  ];
  expect((await sendLogs(server.url, of.signer, records)).status).toBe(202);
  return vi.waitFor(
    async () => {
      const logs = await search(of, `{service_name="shop"} |= "${name}"`);
      expect(logs.some((log) => String(log.message).startsWith('order='))).toBe(true);
      return logs;
    },
    { timeout: 60_000, interval: 100 },
  );
}

it('rules hold within seconds, for their own organization alone', async () => {
  expect(await stored(a, 'before')).toHaveLength(2);
  expect(await (await a.api.get('/log-pipelines')).json()).toEqual({
    pipelines: { rules: [], retention: [] },
    version: 0,
    updatedAt: null,
  });
  expect((await put(a, { pipelines: PIPELINES, version: 0 })).status).toBe(200);
  expect((await put(a, { pipelines: PIPELINES, version: 0 })).status).toBe(409);
  let sent = 0;
  let ruled: Record<string, unknown>[] = [];
  const storedOf = async () => {
    sent += 1;
    ruled = await stored(a, `ruled-${sent}-`);
    return ruled.length;
  };
  await expectWithin(HOLDS_WITHIN_MS, storedOf, 1);
  expect(ruled[0]).toMatchObject({
    attributes: { order: '7', mail: '[REDACTED:email]' },
    details: { scrubbed: { email: 1 } },
  });
  expect(ruled[0]?.attributes).not.toHaveProperty('who');
  const others = await stored(b, 'other');
  expect(others).toHaveLength(2);
  expect(others.every(({ attributes }) => !Object.hasOwn(attributes as object, 'order'))).toBe(true);
  expect(await (await b.api.get('/log-pipelines')).json()).toMatchObject({ version: 0 });
});

it('what was dropped is counted, and what is kept longer is said', async () => {
  await vi.waitFor(
    async () => {
      const { rows } = (await (await a.api.get('/ingest/counts')).json()) as { rows: { outcome: string }[] };
      expect(rows.map(({ outcome }) => outcome)).toContain('dropped-by-rule');
    },
    { timeout: 60_000, interval: 500 },
  );
  const retention = (await (await a.api.get('/organization/retention')).json()) as {
    signals: { signal: string; stored: { days: number; rows: number }[] }[];
    logRules: unknown;
  };
  expect(retention.logRules).toEqual(PIPELINES.retention);
  const ofLogs = retention.signals.find(({ signal }) => signal === 'logs')?.stored.map(({ days }) => days);
  expect(ofLogs).toEqual([30, 365]);
});

it('a preview shows each step over lines or the organization’s own logs, and nobody else’s', async () => {
  const preview = async ({ api }: Organization, body: object) => {
    const answer = await api.post('/log-pipelines/preview', body);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { logs: Record<string, unknown>[] }).logs;
  };
  const lines = ['level=debug x', 'order=7 by al at home'];
  const pipelines = { rules: [{ ...PIPELINES.rules[0], selector: '{} |= "order"' }, PIPELINES.rules[1]] };
  const [noise, order] = await preview(a, { pipelines, lines });
  expect(noise).toMatchObject({ after: null, rules: [{ isFound: false }, { isFound: true }] });
  expect(order).toMatchObject({
    before: { message: lines[1] },
    rules: [
      {
        name: 'orders',
        isFound: true,
        steps: [{ kind: 'regex', values: { order: '7', who: 'al', where: 'home' } }, {}, {}, {}],
      },
      {},
    ],
    after: { attributes: { order: '7', mail: 'al@home' } },
  });
  const own = { pipelines: PIPELINES, query: '{service_name="shop"} |= "before"' };
  expect(await preview(a, own)).toHaveLength(2);
  expect(await preview(b, own)).toEqual([]);
});

it('what cannot be used is named, and a configuration of Promtail is read', async () => {
  const wrong = { rules: [{ name: 'x', steps: [{ kind: 'regex', expression: '(' }] }] };
  for (const answer of [
    await put(a, { pipelines: wrong, version: 1 }),
    await a.api.post('/log-pipelines/preview', { pipelines: wrong, lines: ['a'] }),
  ]) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path: '/pipelines/rules/0/steps/0/expression' }] });
  }
  const yaml = 'pipeline_stages:\n- json: {expressions: {user: }}\n- labels: {user: }\n- tenant: {value: x}\n';
  const imported = await (await a.api.post('/log-pipelines/import', { yaml })).json();
  expect(imported).toMatchObject({
    rules: [{ name: 'imported', steps: [{ kind: 'json' }, { kind: 'labels' }] }],
    notCarried: [{ path: 'pipeline_stages[2].tenant' }],
  });
  expect((await a.api.post('/log-pipelines/import', { yaml: 'a: 1' })).status).toBe(400);
});
