import { randomBytes, randomUUID } from 'node:crypto';
import type { OrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { type Actor, SYSTEM_ACTOR } from './actor.ts';

const DAY_MS = 24 * 3_600_000;
const FIREFOX = { fingerprint: Buffer.alloc(32, 1), ip: '192.0.2.1', userAgent: 'Firefox' };
const CHROME = { fingerprint: Buffer.alloc(32, 2), ip: '192.0.2.2', userAgent: 'Chrome' };

let databaseUrl: string;
let nowMs: number;
let accounts: Accounts;
let userId: string;
let orgId: OrgId;
let by: Actor;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
});

beforeEach(async () => {
  nowMs = Date.parse('2026-11-26T12:00:00Z');
  const email = `${randomUUID()}@example.com`;
  userId = (await accounts.users.create({ email, name: 'Ada', password: 'x' })).id;
  orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'Engines', ownerUserId: userId });
  by = { ...SYSTEM_ACTOR, kind: 'user', id: userId, name: email };
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

const begin = (device = FIREFOX, org?: OrgId) =>
  accounts.sessions.create({ userId, methods: ['password'], orgId: org, ...device });
const owner = () => ({ userId, onlyOrganization: null });

async function refreshToken(token: string, device = FIREFOX): Promise<string> {
  const rotation = await accounts.sessions.rotate(token, device);
  if (rotation.outcome !== 'rotated') {
    throw new Error(`the refresh was ${rotation.outcome}`);
  }
  return rotation.refreshToken;
}

const reasonOf = async (id: string) =>
  (await sql<{ revoked_reason: string | null }>('SELECT revoked_reason FROM sessions WHERE id = $1', [id]))[0]
    ?.revoked_reason;

describe('a refresh token', () => {
  it('works once, and its successor after it', async () => {
    const id = await begin();
    const tokens = [accounts.sessions.firstRefreshToken(id)];
    for (const token of [0, 1, 2].map((n) => () => tokens[n] ?? '')) {
      tokens.push(await refreshToken(token()));
    }
    expect(new Set(tokens).size).toBe(4);
    expect(await accounts.sessions.access(id)).toMatchObject({ userId });
  });

  it.each([0, 1, 2])('that comes again after %d more ends the session, and is told once', async (later) => {
    const id = await begin();
    const first = accounts.sessions.firstRefreshToken(id);
    let token = await refreshToken(first);
    for (let n = 0; n < later; n += 1) {
      token = await refreshToken(token);
    }
    expect(await accounts.sessions.rotate(first, FIREFOX)).toEqual({ outcome: 'reused', sessionId: id, userId });
    for (const over of [first, token]) {
      expect(await accounts.sessions.rotate(over, FIREFOX)).toEqual({ outcome: 'unknown' });
    }
    expect(await accounts.sessions.access(id)).toBeUndefined();
    expect(await reasonOf(id)).toBe('refresh-reused');
  });

  it('of many at once wins once, and the others end the session', async () => {
    for (const count of [2, 3, 12]) {
      const id = await begin();
      const token = accounts.sessions.firstRefreshToken(id);
      const rotations = await Promise.all(
        Array.from({ length: count }, () => accounts.sessions.rotate(token, FIREFOX)),
      );
      const outcomes = rotations.map(({ outcome }) => outcome).sort();
      const unknown = Array.from({ length: count - 2 }, () => 'unknown');
      expect(outcomes).toEqual(['reused', 'rotated', ...unknown]);
      expect(await accounts.sessions.access(id)).toBeUndefined();
    }
  });

  it('from another device ends the session, from another address it does not', async () => {
    const id = await begin();
    const token = await refreshToken(accounts.sessions.firstRefreshToken(id), { ...FIREFOX, ip: '198.51.100.9' });
    expect((await accounts.sessions.list(owner(), { limit: 10 })).items).toMatchObject([{ ip: '198.51.100.9' }]);
    expect(await accounts.sessions.rotate(token, CHROME)).toEqual({ outcome: 'device-changed', sessionId: id, userId });
    expect(await accounts.sessions.rotate(token, FIREFOX)).toEqual({ outcome: 'unknown' });
    expect(await reasonOf(id)).toBe('device-changed');
  });

  it('works for 30 days in all, and not after 7 days without use', async () => {
    const start = nowMs;
    const id = await begin();
    let token = accounts.sessions.firstRefreshToken(id);
    for (const day of [6.9, 13.8, 20.7, 27.6, 29.9]) {
      nowMs = start + day * DAY_MS;
      token = await refreshToken(token);
    }
    nowMs = start + 30 * DAY_MS;
    expect(await accounts.sessions.rotate(token, FIREFOX)).toEqual({ outcome: 'unknown' });
    expect(await accounts.sessions.access(id)).toBeUndefined();

    const idle = accounts.sessions.firstRefreshToken(await begin());
    nowMs += 7 * DAY_MS;
    expect(await accounts.sessions.rotate(idle, FIREFOX)).toEqual({ outcome: 'unknown' });
    expect((await accounts.sessions.list(owner(), { limit: 10 })).items).toEqual([]);
  });

  it('of a generation that a restored database does not know yet changes nothing', async () => {
    const id = await begin();
    const first = accounts.sessions.firstRefreshToken(id);
    const second = await refreshToken(first);
    await sql('UPDATE sessions SET generation = 0 WHERE id = $1', [id]);
    expect(await accounts.sessions.rotate(second, FIREFOX)).toEqual({ outcome: 'unknown' });
    await refreshToken(first);
  });

  it('of a session that was signed out is over', async () => {
    const id = await begin();
    expect(await accounts.sessions.end(id)).toBe(true);
    expect(await accounts.sessions.end(id)).toBe(false);
    expect(await accounts.sessions.rotate(accounts.sessions.firstRefreshToken(id), FIREFOX)).toEqual({
      outcome: 'unknown',
    });
    expect(await reasonOf(id)).toBe('signed-out');
  });
});

describe('the list of sessions', () => {
  it('has pages, latest used first, and only those that go on', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      nowMs += 1000;
      ids.push(await begin());
    }
    const [oldest = '', , revoked = ''] = ids;
    nowMs += 1000;
    await refreshToken(accounts.sessions.firstRefreshToken(oldest));
    await accounts.sessions.revoke(owner(), by, revoked);
    const listed: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await accounts.sessions.list(owner(), { limit: 3, cursor: cursor ?? undefined });
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(listed).toEqual([oldest, ids[4], ids[3], ids[1]]);
  });

  it('takes no cursor of another person', async () => {
    const stranger = (await accounts.users.create({ email: `${randomUUID()}@x.de`, name: 'S', password: 'x' })).id;
    const foreign = await accounts.sessions.create({ userId: stranger, methods: [], ...FIREFOX });
    for (const cursor of [`${nowMs}.${foreign}`, 'nonsense', `${nowMs}.no-uuid`]) {
      await expect(accounts.sessions.list(owner(), { limit: 1, cursor })).rejects.toMatchObject({
        code: 'invalid-cursor',
      });
    }
  });

  it('shows a session of single sign-on its like, and gives it power over no other', async () => {
    const [own, sso] = [await begin(), await begin(FIREFOX, orgId)];
    const asSso = { userId, onlyOrganization: orgId };
    expect((await accounts.sessions.list(asSso, { limit: 10 })).items.map(({ id }) => id)).toEqual([sso]);
    await expect(accounts.sessions.revoke(asSso, by, own)).rejects.toMatchObject({ code: 'not-found' });
    await accounts.sessions.revoke(owner(), by, sso);
    expect(await accounts.sessions.access(sso)).toBeUndefined();
    expect(await accounts.sessions.access(own)).toBeDefined();
  });
});

describe('revoking', () => {
  it('ends own sessions only, and is in the audit log', async () => {
    const stranger = (await accounts.users.create({ email: `${randomUUID()}@x.de`, name: 'S', password: 'x' })).id;
    const foreign = await accounts.sessions.create({ userId: stranger, methods: [], ...FIREFOX });
    for (const id of [foreign, randomUUID(), 'no-uuid']) {
      await expect(accounts.sessions.revoke(owner(), by, id)).rejects.toMatchObject({ code: 'not-found' });
    }
    const id = await begin();
    await accounts.sessions.revoke(owner(), by, id);
    await expect(accounts.sessions.revoke(owner(), by, id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await accounts.sessions.access(foreign)).toBeDefined();
    const entries = await sql('SELECT action, after FROM audit_entries WHERE org_id = $1 AND action = $2', [
      orgId,
      'user.sessions',
    ]);
    expect(entries).toEqual([{ action: 'user.sessions', after: { session: id } }]);
  });

  it('of all others leaves the present one, and says how many', async () => {
    const ids = [await begin(), await begin(), await begin(CHROME)];
    expect(await accounts.sessions.revokeOthers(owner(), by, ids[1] ?? '')).toBe(2);
    const access = await Promise.all(ids.map((id) => accounts.sessions.access(id)));
    expect(access.map((known) => known !== undefined)).toEqual([false, true, false]);
    expect(await accounts.sessions.revokeOthers(owner(), by, ids[1] ?? '')).toBe(0);
  });
});

it('knows from where a device was used', async () => {
  const first = await begin();
  expect(await accounts.sessions.places(userId, first, FIREFOX.fingerprint)).toEqual([]);
  const second = await begin(CHROME);
  expect(await accounts.sessions.places(userId, second, CHROME.fingerprint)).toEqual([
    { ip: FIREFOX.ip, isSameDevice: false },
  ]);
  expect(await accounts.sessions.places(userId, await begin(), FIREFOX.fingerprint)).toEqual(
    expect.arrayContaining([
      { ip: FIREFOX.ip, isSameDevice: true },
      { ip: CHROME.ip, isSameDevice: false },
    ]),
  );
});

it('sweeps what ended long ago and nothing else', async () => {
  const [revoked, used] = [await begin(), await begin()];
  await accounts.sessions.revoke(owner(), by, revoked);
  const { token } = (await accounts.passwords.beginReset(by.name)) ?? { token: '' };
  expect(token).not.toBe('');
  nowMs += 29 * DAY_MS;
  const fresh = await begin();
  await sql('UPDATE sessions SET last_used_at = $2 WHERE id = $1', [used, new Date(nowMs)]);
  expect(await accounts.sweep()).toBe(0);
  const left = async () =>
    (await sql<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1 ORDER BY id', [userId])).map(({ id }) => id);
  nowMs += 2 * DAY_MS;
  expect(await accounts.sweep()).toBeGreaterThan(0);
  expect(await sql('SELECT id FROM password_resets WHERE user_id = $1', [userId])).toEqual([]);
  expect(await left()).toEqual([revoked, used, fresh].sort());
  nowMs += 60 * DAY_MS;
  await accounts.sweep();
  expect(await left()).toEqual([used, fresh].sort());
  nowMs += 60 * DAY_MS;
  await accounts.sweep();
  expect(await left()).toEqual([]);
});
