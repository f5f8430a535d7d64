import { openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import { parseOrgId, type Role } from '@aegisguard/model';
import { type JoinedServer, joinServer, signIn, TEST_SECRETS } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The routes of an organization's privacy policy: who may read and change it, and what is refused.

const PASSWORD = 'a fine long password';

let server: JoinedServer;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  server = await joinServer();
  const accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  for (const role of ['owner', 'admin', 'member', 'viewer'] as const) {
    const { id } = await accounts.users.create({
      email: `the-${role}@${server.domain}`,
      password: PASSWORD,
      name: role,
    });
    await accounts.members.add(parseOrgId(server.orgId), SYSTEM_ACTOR, id, role);
    tokens.set(role, (await signIn(server.url, `the-${role}@${server.domain}`, PASSWORD)).accessToken);
  }
  await accounts.close();
});

afterAll(async () => {
  await server.leave();
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function ask(role: Role, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${tokens.get(role)}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}${path}`, init);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const read = (role: Role) => ask(role, 'GET', '/organization/privacy');
const replace = (role: Role, body: unknown) => ask(role, 'PUT', '/organization/privacy', body);
const preview = (role: Role, body: unknown) => ask(role, 'POST', '/organization/privacy/preview', body);

it('is the default until it is set, and every member of the organization may read it', async () => {
  for (const role of tokens.keys()) {
    const { status, body } = await read(role);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 0,
      updatedAt: null,
      policy: { detectors: { email: 'redact', ip: 'truncate' } },
    });
  }
});

it('is changed by owners and admins alone', async () => {
  for (const role of ['member', 'viewer'] as const) {
    expect(await replace(role, { policy: {}, version: 0 })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  }
  expect(await replace('owner', { policy: {}, version: 0 })).toMatchObject({ status: 200, body: { version: 1 } });
  const policy = { detectors: { email: 'hash' }, customRules: [{ name: 'ticket', pattern: 'T-(\\d+)' }] };
  const changed = await replace('admin', { policy, version: 1 });
  expect(changed).toMatchObject({
    status: 200,
    body: { version: 2, policy: { detectors: { email: 'hash', jwt: 'redact' } } },
  });
  expect(await read('viewer')).toEqual(changed);
  expect(Date.parse(String(changed.body.updatedAt))).toBeGreaterThan(Date.now() - 60_000);
});

it('is not changed over somebody else’s change', async () => {
  const { body } = await read('owner');
  const version = Number(body.version);
  expect(await replace('owner', { policy: {}, version: version - 1 })).toMatchObject({
    status: 409,
    body: { code: 'conflict' },
  });
  expect(await read('owner')).toEqual({ status: 200, body });
});

describe('is refused', () => {
  const rule = (pattern: string, name = 'rule') => ({ name, pattern });

  it.each([
    ['a strategy that does not exist', { detectors: { email: 'teleport' } }, '/policy/detectors/email'],
    ['a detector that does not exist', { detectors: { shoe: 'redact' } }, '/policy/detectors'],
    ['truncation of what is no address', { detectors: { email: 'truncate' } }, '/policy/detectors/email'],
    ['a member that does not exist', { nonsense: 1 }, '/policy'],
    ['a rule that is no expression', { customRules: [rule('a'), rule('(', 'b')] }, '/policy/customRules/1/pattern'],
    ['a rule that looks back', { customRules: [rule('(a)\\1')] }, '/policy/customRules/0/pattern'],
    ['a rule that is huge', { customRules: [rule('((a{1000}){1000})')] }, '/policy/customRules/0/pattern'],
    [
      'rules that are huge together',
      { customRules: ['a', 'b', 'c'].map((name) => rule('(a{100}){90}', name)) },
      '/policy/customRules',
    ],
    ['two rules of a name', { customRules: [rule('a'), rule('b')] }, '/policy/customRules/1/name'],
    ['a name that is none', { customRules: [rule('a', 'A b')] }, '/policy/customRules/0/name'],
    ['a region that is none', { phoneRegions: ['Germany'] }, '/policy/phoneRegions/0'],
  ])('for %s, saying where', async (_, policy, path) => {
    const before = await read('owner');
    const refused = await replace('owner', { policy, version: before.body.version });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(refused.body.errors).toContainEqual({ path, message: expect.any(String) });
    expect(await read('owner')).toEqual(before);
  });

  it('without a version, and for a text that PostgreSQL cannot keep', async () => {
    const { body } = await read('owner');
    expect(await replace('owner', { policy: {} })).toMatchObject({ status: 400 });
    const policy = { secretFields: ['a\0b'] };
    expect(await replace('owner', { policy, version: body.version })).toMatchObject({ status: 400 });
  });
});

describe('can be tried', () => {
  it('by every member, on a text, without being saved', async () => {
    const before = await read('viewer');
    const text = 'nothing to find here';
    for (const policy of [undefined, { customRules: [{ name: 'x', pattern: 'never' }] }]) {
      expect(await preview('viewer', { text, policy })).toEqual({ status: 200, body: { text, findings: [] } });
    }
    expect(await read('viewer')).toEqual(before);
  });

  it.each([
    ['no text', { field: 'message' }],
    ['too long a text', { text: 'x'.repeat(10_001) }],
    ['a rule that is no expression', { text: 'a', policy: { customRules: [{ name: 'b', pattern: '(' }] } }],
  ])('but not with %s', async (_, body) => {
    expect(await preview('owner', body)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });
});

it('what was found is shown to every member, for a range of whole steps', async () => {
  const { status, body } = await ask('viewer', 'GET', '/privacy/findings?start=now-1d');
  expect(status).toBe(200);
  expect(body.rows).toEqual([]);
  expect(Number(body.stepMs) % 60_000).toBe(0);
  expect(Number(body.end) - Number(body.start)).toBeGreaterThanOrEqual(86_400_000);
  expect(await ask('viewer', 'GET', '/privacy/findings?start=soon')).toMatchObject({ status: 400 });
  expect(await ask('viewer', 'GET', '/privacy/findings?order=1')).toMatchObject({ status: 400 });
});

it('every member is told whom the places of addresses are from', async () => {
  const { status, body } = await ask('viewer', 'GET', '/privacy/geo');
  expect(status).toBe(200);
  expect(body).toEqual({
    source: 'bundled',
    attribution: { text: 'IP geolocation by DB-IP', url: 'https://db-ip.com' },
  });
});
