import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import {
  closeDatabases,
  createDatabase,
  sendLogs,
  startMailServer,
  startServer,
  type TestMailServer,
  type TestServer,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectWithin, REMEMBERED_MS_MAX } from './testing/expect-within.ts';

// People of an organization as they come, change and go, and the organization's own end. One server; each step stands on the ones before.

const PASSWORD = 'sloth marble quay 7';
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly id: string; readonly code?: string; readonly [name: string]: unknown };
}
type Ask = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;
interface Login {
  readonly token: string;
  readonly ask: Ask;
  readonly me: { readonly user: { readonly id: string }; readonly organizations: readonly Record<string, unknown>[] };
}

let server: TestServer;
let mail: TestMailServer;
let owner: Login;

beforeAll(async () => {
  mail = await startMailServer();
  const databaseUrl = await createDatabase();
  server = await startServer({
    env: {
      DATABASE_URL: databaseUrl,
      AEGIS_MASTER_KEY: '17'.repeat(32),
      SMTP_URL: mail.url,
      AEGIS_ORG_NAME: 'Example',
    },
  });
  owner = await login(server.adminEmail, server.adminPassword);
});

afterAll(async () => {
  await server.stop();
  await mail.stop();
  await closeDatabases();
});

/** Asks with a bearer token; a body goes as JSON. */
function asker(token?: unknown): Ask {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}

const anybody: Ask = (...request) => asker()(...request);

async function login(email: string, password: string): Promise<Login> {
  return loginOf(await anybody('POST', '/auth/login', { email, password }), 200);
}

function loginOf({ status, body }: Answer, expected: number): Login {
  expect(status).toBe(expected);
  return { token: String(body.accessToken), ask: asker(body.accessToken), me: body as unknown as Login['me'] };
}

const outcome = ({ status, body }: Answer) => [status, body?.code];

/** The token of an invitation's link. */
async function invite(email: string, role: string): Promise<string> {
  const answer = await owner.ask('POST', '/users', { email, name: 'Guest', role });
  expect([answer.status, answer.body.status]).toEqual([201, 'invited']);
  return String(answer.body.invitationUrl).split('/').at(-1) ?? '';
}

let anna: Login;

it('a person is invited by mail, looks at what it is to, and accepts', async () => {
  const made = await owner.ask('POST', '/users', { email: 'Anna@people.example', name: 'Anna', role: 'member' });
  expect(made.status).toBe(201);
  expect(made.headers.get('cache-control')).toBe('no-store');
  expect(made.body).toMatchObject({ email: 'anna@people.example', role: 'member', status: 'invited', mailed: true });
  const link = String(made.body.invitationUrl);
  expect(link).toMatch(new RegExp(`^${server.url}/invitation/[\\w-]{43}$`));
  expect((await mail.mailTo('anna@people.example')).text).toContain(link);
  const path = `/auth/invitations/${link.split('/').at(-1)}`;
  expect((await anybody('GET', path)).body).toMatchObject({
    organizationName: 'Example',
    email: 'anna@people.example',
    roleName: 'member',
    hasAccount: false,
  });
  const waiting = await owner.ask('GET', '/users/invitations');
  expect(waiting.body.items).toMatchObject([
    { id: made.body.id, email: 'anna@people.example', invitedBy: 'Administrator' },
  ]);
  expect(outcome(await anybody('POST', path, { name: 'Anna', password: 'short' }))).toEqual([400, 'invalid-request']);
  anna = loginOf(await anybody('POST', path, { name: 'Anna', password: PASSWORD }), 201);
  expect(anna.me.organizations).toMatchObject([{ name: 'Example', role: 'member' }]);
  expect(outcome(await anybody('POST', path, { name: 'Anna', password: PASSWORD }))).toEqual([404, 'not-found']);
  expect(outcome(await anybody('GET', path))).toEqual([404, 'not-found']);
  const people = await owner.ask('GET', '/users?q=ANNA');
  expect(people.body.items).toMatchObject([
    { id: anna.me.user.id, name: 'Anna', role: 'member', lastActiveAt: expect.any(String) },
  ]);
});

it('an invitation is not mailed with a host that its sender made up', async () => {
  const body = JSON.stringify({ email: 'victim@people.example', name: 'V', role: 'viewer' });
  const headers = { host: 'evil.example', authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' };
  const sent = request(`${server.url}/users`, { method: 'POST', headers }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const made = JSON.parse(String(await answer.reduce((text, chunk) => `${text}${chunk}`, '')));
  expect(made).toMatchObject({ status: 'invited', mailed: false });
  expect((await owner.ask('DELETE', `/users/invitations/${made.id}`)).status).toBe(204);
  expect(mail.mails.flatMap(({ to }) => to)).not.toContain('victim@people.example');
});

it('an invitation that is withdrawn, replaced or for another address is of no use', async () => {
  const first = await invite('ben@people.example', 'viewer');
  const second = await invite('ben@people.example', 'viewer');
  expect(outcome(await anybody('GET', `/auth/invitations/${first}`))).toEqual([404, 'not-found']);
  const joined = await anna.ask('POST', `/auth/invitations/${second}/join`);
  expect(outcome(joined)).toEqual([403, 'forbidden']);
  const [{ id }] = (await owner.ask('GET', '/users/invitations')).body.items as [{ id: string }];
  expect(outcome(await anna.ask('DELETE', `/users/invitations/${id}`))).toEqual([403, 'forbidden']);
  expect((await owner.ask('DELETE', `/users/invitations/${id}`)).status).toBe(204);
  expect(outcome(await owner.ask('DELETE', `/users/invitations/${id}`))).toEqual([404, 'not-found']);
  expect(outcome(await anybody('GET', `/auth/invitations/${second}`))).toEqual([404, 'not-found']);
});

it('a person with a password can sign in at once; who is there already is not added again', async () => {
  const wanted = { email: 'carl@people.example', name: 'Carl', role: 'viewer', password: PASSWORD };
  const made = await owner.ask('POST', '/users', wanted);
  expect(made.body).toMatchObject({ status: 'active', invitationUrl: null, mailed: false });
  expect((await login('carl@people.example', PASSWORD)).me.user.id).toBe(made.body.id);
  expect(outcome(await owner.ask('POST', '/users', wanted))).toEqual([409, 'already-exists']);
  expect(outcome(await owner.ask('POST', '/users', { ...wanted, email: 'd@people.example', role: UNKNOWN }))).toEqual([
    400,
    'invalid-request',
  ]);
});

it('a role changes what a person may do at once', async () => {
  const wanted = { email: 'eve@people.example', name: 'Eve', role: 'viewer' };
  expect(outcome(await anna.ask('POST', '/users', wanted))).toEqual([403, 'forbidden']);
  const role = `/users/${anna.me.user.id}/role`;
  expect((await owner.ask('PATCH', role, { role: 'admin' })).body).toMatchObject({ role: 'admin', roleName: 'admin' });
  expect((await anna.ask('POST', '/users', wanted)).status).toBe(201);
  expect(outcome(await anna.ask('POST', '/users', { ...wanted, role: 'owner' }))).toEqual([403, 'forbidden']);
  expect(outcome(await anna.ask('PATCH', role, { role: 'owner' }))).toEqual([403, 'forbidden']);
  expect(outcome(await anna.ask('DELETE', `/users/${owner.me.user.id}`))).toEqual([403, 'forbidden']);
  expect(outcome(await anna.ask('DELETE', '/organization', { name: 'Example' }))).toEqual([403, 'forbidden']);
  for (const id of [UNKNOWN, 'no-uuid']) {
    expect(outcome(await owner.ask('PATCH', `/users/${id}/role`, { role: 'viewer' }))).toEqual([404, 'not-found']);
  }
});

it('a role of the organization’s own lets a person search logs and nothing else', async () => {
  expect((await sendLogs(server.url, server, [{ level: 'info', message: 'hello', service: 'shop' }])).status).toBe(202);
  const made = await owner.ask('POST', '/roles', { name: 'Log readers', permissions: ['logs:read'] });
  expect(made.status).toBe(201);
  const roleId = made.body.id;
  expect(outcome(await owner.ask('POST', '/roles', { name: 'log readers', permissions: ['logs:read'] }))).toEqual([
    409,
    'already-exists',
  ]);
  const reader = await anybody('POST', `/auth/invitations/${await invite('reader@people.example', roleId)}`, {
    name: 'Reader',
    password: PASSWORD,
  });
  const { ask, me } = loginOf(reader, 201);
  expect(me.organizations).toMatchObject([{ role: roleId, roleName: 'Log readers', permissions: ['logs:read'] }]);
  const search = () => ask('POST', '/query/logs/search', { query: '{}' });
  expect((await search()).status).toBe(200);
  const closed = ['/users', '/roles', '/apikeys', '/organization', '/usage?from=2026-01-01&to=2026-01-02'];
  for (const path of closed) {
    expect([path, ...outcome(await ask('GET', path))]).toEqual([path, 403, 'forbidden']);
  }
  expect(outcome(await ask('POST', '/query/traces/search', {}))).toEqual([403, 'forbidden']);
  expect(outcome(await ask('POST', '/organization/leave'))).toEqual([403, 'forbidden']);
  const roles = (await owner.ask('GET', '/roles')).body.items as { id: string; memberCount: number }[];
  expect(roles.find(({ id }) => id === roleId)).toMatchObject({ memberCount: 1 });
  const other = { name: 'Log readers', permissions: ['traces:read', 'organization:read'] };
  expect((await owner.ask('PUT', `/roles/${roleId}`, other)).status).toBe(200);
  expect(outcome(await search())).toEqual([403, 'forbidden']);
  expect(outcome(await owner.ask('DELETE', `/roles/${roleId}`))).toEqual([409, 'conflict']);
  expect((await ask('POST', '/organization/leave')).status).toBe(204);
  expect(outcome(await ask('GET', '/organization'))).toEqual([403, 'forbidden']);
  expect((await owner.ask('DELETE', `/roles/${roleId}`)).status).toBe(204);
  expect(outcome(await owner.ask('PUT', `/roles/${roleId}`, other))).toEqual([404, 'not-found']);
});

it('the last owner stays', async () => {
  expect(outcome(await owner.ask('POST', '/organization/leave'))).toEqual([409, 'last-owner']);
  const self = `/users/${owner.me.user.id}`;
  expect(outcome(await owner.ask('DELETE', self))).toEqual([409, 'last-owner']);
  expect(outcome(await owner.ask('PATCH', `${self}/role`, { role: 'viewer' }))).toEqual([409, 'last-owner']);
});

it('settings change, and a second factor is demanded only by who has one', async () => {
  const update = { name: 'Example Ltd', slug: 'example-ltd', retentionDays: { logs: 7 }, ratePerMin: 0 };
  expect((await anna.ask('PATCH', '/organization', update)).body).toMatchObject({
    ...update,
    retentionDays: { logs: 7, metrics: 30, traces: 30, rum: 30 },
    activeSeriesMax: null,
  });
  const refused = await owner.ask('PATCH', '/organization', { mfaRequired: true });
  expect(outcome(refused)).toEqual([403, 'forbidden']);
  expect(refused.body.detail).toContain('lock you out');
  expect(outcome(await owner.ask('PATCH', '/organization', { slug: 'No' }))).toEqual([400, 'invalid-request']);
});

it('a reset link is made for a person of this organization alone', async () => {
  const reset = `/users/${anna.me.user.id}/password-reset`;
  const made = await owner.ask('POST', reset);
  expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
  expect(made.body.url).toMatch(new RegExp(`^${server.url}/reset-password#token=[\\w-]{43}$`));
  expect(outcome(await anna.ask('POST', `/users/${owner.me.user.id}/password-reset`))).toEqual([403, 'forbidden']);
  expect((await anna.ask('POST', '/organizations', { name: 'Annas own' })).status).toBe(201);
  expect(outcome(await owner.ask('POST', reset))).toEqual([409, 'conflict']);
});

it('who is removed is out at once', async () => {
  const carl = await login('carl@people.example', PASSWORD);
  expect((await carl.ask('GET', '/organization')).status).toBe(200);
  expect((await owner.ask('DELETE', `/users/${carl.me.user.id}`)).status).toBe(204);
  expect(outcome(await carl.ask('GET', '/organization'))).toEqual([403, 'forbidden']);
  expect(outcome(await owner.ask('GET', `/users/${carl.me.user.id}`))).toEqual([404, 'not-found']);
  expect((await carl.ask('GET', '/auth/me')).body.organizations).toEqual([]);
  const token = await invite('carl@people.example', 'viewer');
  expect((await anybody('GET', `/auth/invitations/${token}`)).body.hasAccount).toBe(true);
  expect(outcome(await anybody('POST', `/auth/invitations/${token}`, { name: 'C', password: PASSWORD }))).toEqual([
    409,
    'already-exists',
  ]);
  const joined = await carl.ask('POST', `/auth/invitations/${token}/join`);
  expect(joined.body.organizations).toMatchObject([{ role: 'viewer' }]);
  expect((await carl.ask('GET', '/organization')).status).toBe(200);
});

it('a further organization is another world, until it is deleted', async () => {
  const made = await owner.ask('POST', '/organizations', { name: 'Second' });
  expect(made.body).toMatchObject({ name: 'Second' });
  const there = { 'x-org-id': made.body.id };
  expect((await owner.ask('GET', '/organization', undefined, there)).body).toMatchObject({
    name: 'Second',
    memberCount: 1,
  });
  expect(outcome(await owner.ask('GET', `/users/${anna.me.user.id}`, undefined, there))).toEqual([404, 'not-found']);
  expect(outcome(await anna.ask('GET', '/organization', undefined, there))).toEqual([403, 'forbidden']);
  const key = await owner.ask('POST', '/apikeys', { name: 'k', kind: 'signed' }, there);
  const signer = { orgKey: String(key.body.key), orgSecret: String(key.body.secret) };
  const log = [{ level: 'info', message: 'x', service: 's' }];
  expect((await sendLogs(server.url, signer, log)).status).toBe(202);
  expect(outcome(await owner.ask('DELETE', '/organization', { name: 'second' }, there))).toEqual([
    400,
    'invalid-request',
  ]);
  const deleted = await owner.ask('DELETE', '/organization', { name: 'Second' }, there);
  expect(deleted.status).toBe(202);
  expect(deleted.body).toMatchObject({
    organizationId: made.body.id,
    organizationName: 'Second',
    progress: 0,
    proof: null,
  });
  expect(outcome(await owner.ask('GET', '/organization', undefined, there))).toEqual([403, 'forbidden']);
  await expectWithin(REMEMBERED_MS_MAX, async () => (await sendLogs(server.url, signer, log)).status, 401);
  const erasure = `/erasures/${deleted.body.id}`;
  expect((await owner.ask('GET', erasure)).body).toMatchObject({ id: deleted.body.id, organizationName: 'Second' });
  expect((await owner.ask('GET', '/erasures')).body.items).toMatchObject([{ id: deleted.body.id }]);
  expect(outcome(await anna.ask('GET', erasure))).toEqual([404, 'not-found']);
  expect((await anna.ask('GET', '/erasures')).body.items).toEqual([]);
});
