import { type Accounts, openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import type { OrgId } from '@aegisguard/model';
import { type JoinedServer, joinServer, sharedOutput, TEST_SECRETS } from '@aegisguard/testkit';
import { TOTP } from 'otpauth';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWithin, REMEMBERED_MS_MAX } from './testing/expect-within.ts';

// Second factors over HTTP, with an authenticator of our own: what a person does, and what somebody with half of the factors cannot.

const PASSWORD = 'a fine long password';
const STEP_MS = 30_000;

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

let server: JoinedServer;
let accounts: Accounts;

beforeAll(async () => {
  server = await joinServer();
  accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
});

afterAll(async () => {
  await accounts.close();
  await server.leave();
});

async function ask(method: string, path: string, body?: object, token?: string): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

const post = (path: string, body?: object, token?: string) => ask('POST', path, body, token);

/** An authenticator application that has been read the secret. */
interface Authenticator {
  /** The code of now, then the one of 30 seconds later, which is taken already. (That of 30 seconds before would be, too, but not any more if a step ended meanwhile.) */
  next(): string;
}

function authenticatorOf(secret: unknown): Authenticator {
  const totp = new TOTP({ secret: String(secret) });
  let steps = 0;
  return {
    next: () => {
      const code = totp.generate({ timestamp: Date.now() + steps * STEP_MS });
      steps += 1;
      return code;
    },
  };
}

interface Person {
  readonly id: string;
  readonly email: string;
  readonly orgId: OrgId;
  readonly token: string;
}

async function makePerson(name: string): Promise<Person> {
  const email = `${name}@${server.domain}`;
  const { id } = await accounts.users.create({ email, name, password: PASSWORD });
  const orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name, ownerUserId: id });
  return { id, email, orgId, token: String((await login(email)).body.accessToken) };
}

const login = (email: string) => post('/auth/login', { email, password: PASSWORD });

async function enable({ token }: Person) {
  const setup = await post('/auth/mfa/setup', { password: PASSWORD }, token);
  expect(setup.status).toBe(200);
  const authenticator = authenticatorOf(setup.body.secret);
  const enabled = await post('/auth/mfa/verify', { code: authenticator.next() }, token);
  expect(enabled.status).toBe(200);
  return { setup: setup.body, authenticator, codes: enabled.body.recoveryCodes as string[] };
}

async function sql(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client(server.databaseUrl);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

it('from the set-up to the end: codes at every login, each once', async () => {
  const person = await makePerson('story');
  const before = await ask('GET', '/auth/mfa', undefined, person.token);
  expect(before.body).toEqual({ totp: { enabled: false, enabledAt: null }, recoveryCodesLeft: 0, passkeys: [] });
  const { setup, authenticator, codes } = await enable(person);
  expect(setup.otpauthUrl).toContain(`otpauth://totp/AegisGuard:story%40${server.domain}?issuer=AegisGuard`);
  expect(codes).toHaveLength(10);

  const half = (await login(person.email)).body;
  expect(half).toEqual({ mfaRequired: true, mfaToken: expect.any(String), methods: ['totp', 'recovery-code'] });
  const { mfaToken } = half;
  const code = authenticator.next();
  const done = await post('/auth/mfa/verify', { mfaToken, code });
  expect(done.status).toBe(200);
  expect(done.body).toMatchObject({
    accessToken: expect.any(String),
    user: { email: person.email },
    session: { methods: ['password', 'totp'] },
    mfaEnabled: true,
  });

  const again = (await login(person.email)).body.mfaToken;
  expect((await post('/auth/mfa/verify', { mfaToken: again, code })).body.code).toBe('invalid-credentials');
  const [first = '', second = ''] = codes;
  const typed = first.toUpperCase().replace('-', ' ');
  const recovered = await post('/auth/mfa/verify', { mfaToken: again, code: typed });
  expect(recovered.body).toMatchObject({ session: { methods: ['password', 'recovery-code'] } });
  const third = (await login(person.email)).body.mfaToken;
  expect((await post('/auth/mfa/verify', { mfaToken: third, code: first })).status).toBe(401);

  const token = String(done.body.accessToken);
  const renewed = await post('/auth/mfa/recovery-codes', { code: second }, token);
  expect(renewed.body.recoveryCodes).toHaveLength(10);
  const wrong = await post('/auth/mfa/disable', { code: second }, token);
  expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid-credentials']);
  const [renewedCode] = renewed.body.recoveryCodes as string[];
  expect((await post('/auth/mfa/disable', { code: renewedCode }, token)).status).toBe(204);
  expect((await login(person.email)).body.accessToken).toEqual(expect.any(String));
  const actions = await sql('SELECT action FROM audit_entries WHERE org_id = $1 ORDER BY seq', [person.orgId]);
  expect(actions.map(({ action }) => action)).toEqual([
    'organization.create',
    'user.mfa-enable',
    'user.recovery-codes',
    'user.mfa-disable',
  ]);
  for (const secret of [String(setup.secret), first, String(mfaToken)]) {
    expect(await sharedOutput()).not.toContain(secret);
  }
});

describe('half a login', () => {
  it('opens nothing, and becomes one session only', async () => {
    const person = await makePerson('half');
    const { authenticator, codes } = await enable(person);
    const mfaToken = String((await login(person.email)).body.mfaToken);
    for (const path of ['/auth/me', '/auth/mfa', '/apikeys']) {
      expect((await ask('GET', path, undefined, mfaToken)).status, path).toBe(401);
    }
    // An access token is no half login either.
    expect((await post('/auth/mfa/verify', { mfaToken: person.token, code: codes[1] })).status).toBe(401);
    expect((await post('/auth/mfa/verify', { mfaToken, code: authenticator.next() })).status).toBe(200);
    const second = await post('/auth/mfa/verify', { mfaToken, code: codes[0] ?? '' });
    expect([second.status, second.body.code]).toEqual([401, 'unauthorized']);
  });

  it('is of no use to a person who was disabled meanwhile', async () => {
    const person = await makePerson('disabled');
    const { authenticator } = await enable(person);
    const { mfaToken } = (await login(person.email)).body;
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [person.id]);
    expect((await post('/auth/mfa/verify', { mfaToken, code: authenticator.next() })).status).toBe(401);
  });

  it('allows ten guesses, whoever makes them', async () => {
    const person = await makePerson('guessed');
    const { authenticator } = await enable(person);
    const guesses = [];
    for (let guess = 0; guess < 11; guess += 1) {
      const { mfaToken } = (await login(person.email)).body;
      guesses.push((await post('/auth/mfa/verify', { mfaToken, code: 'aaaaa-aaaaa' })).body.code);
    }
    expect(guesses).toEqual([...new Array(10).fill('invalid-credentials'), 'login-throttled']);
    const { mfaToken } = (await login(person.email)).body;
    const right = await post('/auth/mfa/verify', { mfaToken, code: authenticator.next() });
    expect([right.status, right.body.code]).toEqual([429, 'login-throttled']);
  });
});

it('a right password does not make up for wrong codes', async () => {
  const person = await makePerson('persistent');
  await enable(person);
  for (let n = 0; n < 10; n += 1) {
    expect((await post('/auth/mfa/disable', { code: '000000x' }, person.token)).status).toBe(401);
    // On already, so it is refused, but the password is right.
    expect((await post('/auth/mfa/setup', { password: PASSWORD }, person.token)).status).toBe(409);
  }
  expect((await post('/auth/mfa/disable', { code: '000000x' }, person.token)).status).toBe(429);
});

describe('a set-up', () => {
  it('needs the password, and a code of the last one that was begun', async () => {
    const { token } = await makePerson('setup');
    for (const body of [{}, { password: 'wrong' }]) {
      const refused = await post('/auth/mfa/setup', body, token);
      expect([refused.status, refused.body.code]).toEqual([401, 'invalid-credentials']);
    }
    expect((await post('/auth/mfa/verify', { code: '123456' }, token)).body.code).toBe('invalid-credentials');
    const first = authenticatorOf((await post('/auth/mfa/setup', { password: PASSWORD }, token)).body.secret);
    const second = await post('/auth/mfa/setup', { password: PASSWORD }, token);
    expect((await post('/auth/mfa/verify', { code: first.next() }, token)).status).toBe(401);
    const code = authenticatorOf(second.body.secret).next();
    expect((await post('/auth/mfa/verify', { code })).status).toBe(401);
    expect((await post('/auth/mfa/verify', { code }, token)).status).toBe(200);
    expect((await post('/auth/mfa/setup', { password: PASSWORD }, token)).body.code).toBe('already-exists');
  });

  it('is nothing for a session from before the factor, or through single sign-on', async () => {
    const person = await makePerson('older');
    const older = String((await login(person.email)).body.accessToken);
    await enable(person);
    for (const path of ['/auth/mfa/setup', '/auth/passkeys/options']) {
      const refused = await askByName(path, { password: PASSWORD }, older);
      expect([path, refused]).toEqual([path, 403]);
    }
    await sql('UPDATE sessions SET org_id = $1 WHERE user_id = $2', [person.orgId, person.id]);
    const verify = async () => (await post('/auth/mfa/verify', { code: '123456' }, person.token)).status;
    await expectWithin(REMEMBERED_MS_MAX, verify, 403);
  });
});

describe('an organization that demands a second factor', () => {
  it('is closed to a session without one, and opens with the set-up', async () => {
    const person = await makePerson('demanded');
    expect((await ask('GET', '/apikeys', undefined, person.token)).status).toBe(200);
    await sql('UPDATE organizations SET mfa_required = true WHERE id = $1', [person.orgId]);
    const keys = async () => (await ask('GET', '/apikeys', undefined, person.token)).body.code ?? 'open';
    await expectWithin<unknown>(REMEMBERED_MS_MAX, keys, 'mfa-required');
    const me = async () => (await ask('GET', '/auth/me', undefined, person.token)).body;
    expect(await me()).toMatchObject({ organizations: [{ mfaMissing: true }], mfaEnabled: false });
    const { authenticator } = await enable(person);
    expect(await keys()).toBe('open');
    expect(await me()).toMatchObject({ organizations: [{ mfaMissing: false }], mfaEnabled: true });
    const kept = await post('/auth/mfa/disable', { code: authenticator.next() }, person.token);
    expect([kept.status, kept.body.code]).toEqual([409, 'conflict']);
  });
});

it('passkeys are not offered at an IP address, and what is no passkey gets nowhere', async () => {
  const { token } = await makePerson('passkeys');
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  expect((await post('/auth/passkeys/options', { password: PASSWORD }, token)).status).toBe(400);
  expect(await askByName('/auth/passkeys/options', { password: PASSWORD }, token)).toBe(200);
  expect(await askByName('/auth/passkeys/options', {}, token)).toBe(401);
  expect(await askByName('/auth/passkeys/login/options', {})).toBe(200);
  expect(await askByName('/auth/passkeys/login/options', { mfaToken: 'a.b.c' })).toBe(401);
  const response = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' };
  expect(await askByName('/auth/passkeys/login', { state: 'a.b.c', response })).toBe(401);
  expect(await askByName('/auth/passkeys', { name: 'x', state: 'a.b.c', response }, token)).toBe(400);
});

/** Asks at the host name `localhost`, where there are passkeys. The status. */
async function askByName(path: string, body: object, token?: string): Promise<number> {
  const url = new URL(path, server.url);
  url.hostname = 'localhost';
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return answer.status;
}
