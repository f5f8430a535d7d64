import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { hash } from '@node-rs/argon2';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { type Actor, SYSTEM_ACTOR } from './actor.ts';

const PLACE = { ip: '192.0.2.1', userAgent: null, requestId: null };
const DEVICE = { fingerprint: Buffer.alloc(32), ip: null, userAgent: null };
const OLD = 'the old password of Ada';
const NEW = 'the new password of Ada';

let databaseUrl: string;
let nowMs = Date.parse('2026-11-26T12:00:00Z');
let accounts: Accounts;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

async function sql<Row>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function registered() {
  const email = `${randomUUID()}@example.com`;
  const wishes = { email, password: OLD, name: 'Ada Lovelace', organizationName: 'Engines' };
  const made = await accounts.register(PLACE, wishes);
  const by: Actor = { ...SYSTEM_ACTOR, kind: 'user', id: made.userId, name: email };
  return { ...made, email, by };
}

const begin = (userId: string) => accounts.sessions.create({ userId, methods: ['password'], ...DEVICE });
const isAlive = async (session: string) => (await accounts.sessions.access(session)) !== undefined;
const actionsOf = async (orgId: string) =>
  (await sql<{ action: string }>('SELECT action FROM audit_entries WHERE org_id = $1 ORDER BY seq', [orgId])).map(
    ({ action }) => action,
  );

describe('registration', () => {
  it('makes a person who owns an organization, and the first entry of its log says who', async () => {
    const { email, orgId, userId } = await registered();
    expect(await accounts.users.known({ email: email.toUpperCase() })).toMatchObject({ id: userId, orgIds: [orgId] });
    expect(await sql('SELECT action, actor_id, actor_name, ip FROM audit_entries WHERE org_id = $1', [orgId])).toEqual([
      { action: 'organization.create', actor_id: userId, actor_name: email, ip: PLACE.ip },
    ]);
  });

  it('is whole or nothing: taken address, weak password, bad name', async () => {
    const { email } = await registered();
    const count = () => sql('SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM organizations) AS o', []);
    const before = await count();
    const wishes = { email, password: OLD, name: 'Ada', organizationName: 'Engines' };
    const attempts = [
      [{ ...wishes, email: ` ${email.toUpperCase()} ` }, 'already-exists'],
      [{ ...wishes, email: 'fresh@example.com', password: 'password1' }, 'weak-password'],
      [{ ...wishes, email: 'fresh@example.com', organizationName: ' ' }, 'invalid-request'],
      [{ ...wishes, email: 'none' }, 'invalid-request'],
    ] as const;
    for (const [attempt, code] of attempts) {
      await expect(accounts.register(PLACE, attempt)).rejects.toMatchObject({ code });
    }
    expect(await count()).toEqual(before);
  });
});

describe('a change of the password', () => {
  it('needs the present one, and ends all other sessions and links', async () => {
    const { by, email, orgId, userId } = await registered();
    const [keep, other] = [await begin(userId), await begin(userId)];
    const change = { currentPassword: OLD, newPassword: NEW, keepSession: keep };
    await expect(accounts.passwords.change(userId, by, { ...change, currentPassword: NEW })).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
    await expect(
      accounts.passwords.change(userId, by, { ...change, newPassword: 'ada-lovelace' }),
    ).rejects.toMatchObject({ code: 'weak-password', members: { errors: [{ path: '/newPassword' }] } });
    expect(await isAlive(other)).toBe(true);
    const reset = await accounts.passwords.beginReset(email);

    await accounts.passwords.change(userId, by, change);
    expect([await isAlive(keep), await isAlive(other)]).toEqual([true, false]);
    expect(await accounts.users.authenticate(email, OLD)).toBeUndefined();
    expect(await accounts.users.authenticate(email, NEW)).toMatchObject({ id: userId });
    await expect(accounts.passwords.finishReset(PLACE, reset?.token ?? '', OLD)).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(await actionsOf(orgId)).toEqual(['organization.create', 'user.password']);
    const log = await sql<{ text: string }>('SELECT to_jsonb(e)::text AS text FROM audit_entries e WHERE org_id = $1', [
      orgId,
    ]);
    expect(log.map(({ text }) => text).join('')).not.toMatch(/argon2|password of Ada/);
  });
});

describe('a reset', () => {
  it('works once, ends all sessions, and its token is not in the database', async () => {
    const { email, orgId, userId } = await registered();
    const session = await begin(userId);
    const { token = '' } = (await accounts.passwords.beginReset(` ${email.toUpperCase()}`)) ?? {};
    const rows = await sql<{ hash: string }>(
      "SELECT encode(token_hash, 'hex') AS hash FROM password_resets WHERE user_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ hash: createHash('sha256').update(token).digest('hex') }]);
    await expect(accounts.passwords.finishReset(PLACE, token, 'password1')).rejects.toMatchObject({
      code: 'weak-password',
    });
    const outcomes = await Promise.allSettled([
      accounts.passwords.finishReset(PLACE, token, NEW),
      accounts.passwords.finishReset(PLACE, token, `${NEW} too`),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await isAlive(session)).toBe(false);
    expect(await accounts.users.authenticate(email, OLD)).toBeUndefined();
    expect(await actionsOf(orgId)).toEqual(['organization.create', 'user.password-reset']);
  });

  it('ends after an hour, and with a later one', async () => {
    const { email } = await registered();
    const first = await accounts.passwords.beginReset(email);
    const second = await accounts.passwords.beginReset(email);
    const finish = (token = '') => accounts.passwords.finishReset(PLACE, token, NEW);
    await expect(finish(first?.token)).rejects.toMatchObject({ code: 'unauthorized' });
    nowMs += 3_600_000;
    await expect(finish(second?.token)).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(finish('nonsense')).rejects.toMatchObject({ code: 'unauthorized' });
    const third = await accounts.passwords.beginReset(email);
    nowMs += 3_599_999;
    expect(await finish(third?.token)).toMatchObject({ email });
  });

  it('is not begun for who is unknown or may not sign in', async () => {
    const { email, userId } = await registered();
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [userId]);
    for (const address of [email, 'nobody@example.com', 'none', 'nul\0@example.com']) {
      expect(await accounts.passwords.beginReset(address)).toBeUndefined();
    }
  });
});

it('a hash of a former cost becomes one of today’s at the next login', async () => {
  const { email, userId } = await registered();
  const former = await hash(OLD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await sql('UPDATE users SET password_hash = $2 WHERE id = $1', [userId, former]);
  const stored = async () =>
    (await sql<{ password_hash: string }>('SELECT password_hash FROM users WHERE id = $1', [userId]))[0]?.password_hash;
  expect(await accounts.users.authenticate(email, 'wrong')).toBeUndefined();
  expect(await stored()).toBe(former);
  expect(await accounts.users.authenticate(email, OLD)).toMatchObject({ id: userId });
  const renewed = await stored();
  expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await accounts.users.authenticate(email, OLD)).toMatchObject({ id: userId });
  expect(await stored()).toBe(renewed);
});

it('a new name is in the log with the old one, an unchanged one is not', async () => {
  const { by, orgId, userId } = await registered();
  await accounts.users.rename(userId, by, ' Countess ');
  await accounts.users.rename(userId, by, 'Countess');
  expect(
    await sql("SELECT before, after FROM audit_entries WHERE org_id = $1 AND action = 'user.profile'", [orgId]),
  ).toEqual([{ before: { name: 'Ada Lovelace' }, after: { name: 'Countess' } }]);
});
