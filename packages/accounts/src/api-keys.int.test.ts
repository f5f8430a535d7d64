import { randomBytes } from 'node:crypto';
import { API_KEY_KINDS, INGEST_SCOPES, type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { SYSTEM_ACTOR } from './actor.ts';
import type { NewApiKey } from './api-keys.ts';
import { isTokenOf, keyIdOfToken } from './key-text.ts';

const NOWHERE = parseOrgId('00000000-0000-7000-8000-000000000000');
const INVALID = { code: 'invalid-request' };
const NOT_FOUND = { code: 'not-found' };

let databaseUrl: string;
let nowMs = Date.parse('2026-11-26T12:00:00Z');
let accounts: Accounts;
let owner: string;
let orgA: OrgId;
let orgB: OrgId;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
  owner = (await accounts.users.create({ email: 'owner@example.com', name: 'Owner', password: 'owner password' })).id;
  orgA = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner });
  orgB = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const sql = (text: string, values: readonly unknown[] = []) => runSql(databaseUrl, text, values);

const BROWSER = { name: 'shop', kind: 'browser', origins: ['https://Shop.example', 'https://*.shop.example'] } as const;

async function secretTexts(keyId: string): Promise<string[] | undefined> {
  return (await accounts.ingestKeys.find(keyId))?.secrets.map(String);
}

describe('a new key', () => {
  it('that signs may write everything unless told otherwise', async () => {
    const made = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: ' agent ', kind: 'signed' });
    expect(made).toEqual({
      id: expect.stringMatching(/^agk_/),
      name: 'agent',
      kind: 'signed',
      scopes: INGEST_SCOPES,
      origins: [],
      requireTimestamp: false,
      createdAt: new Date(nowMs),
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
      createdByName: null,
      secret: expect.stringMatching(/^ags_/),
    });
    const { secret, ...shown } = made;
    expect(await accounts.apiKeys.find(orgA, made.id)).toEqual(shown);
    expect(await accounts.ingestKeys.find(made.id)).toMatchObject({
      orgId: orgA,
      kind: 'signed',
      scopes: INGEST_SCOPES,
    });
    expect(await secretTexts(made.id)).toEqual([secret]);
  });

  it.each(['token', 'query'] as const)('of kind %s has a bearer token that names it', async (kind) => {
    const { id, secret, scopes } = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'bearer', kind });
    expect(keyIdOfToken(secret ?? '')).toBe(id);
    expect(secret?.startsWith(kind === 'token' ? 'agt_' : 'agq_')).toBe(true);
    expect(scopes).toEqual(kind === 'token' ? INGEST_SCOPES : []);
    const found = await accounts.ingestKeys.find(id);
    expect(found).toMatchObject({ kind, scopes, orgId: orgA });
    expect(isTokenOf(secret ?? '', found?.secrets ?? [])).toBe(true);
    const other = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'other', kind });
    expect(isTokenOf(other.secret ?? '', found?.secrets ?? [])).toBe(false);
    const [row] = await sql('SELECT ciphertext FROM api_key_secrets WHERE key_id = $1', [id]);
    expect(String(row?.ciphertext)).not.toContain(secret);
  });

  it('of kind browser has origins in the form that browsers send them, and no secret', async () => {
    const made = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, BROWSER);
    expect(made).toMatchObject({
      scopes: ['rum:write'],
      origins: ['https://shop.example', 'https://*.shop.example'],
      secret: null,
    });
    expect(await accounts.ingestKeys.find(made.id)).toMatchObject({
      kind: 'browser',
      scopes: ['rum:write'],
      origins: made.origins,
      secrets: [],
      revoked: false,
    });
    expect(await sql('SELECT id FROM api_key_secrets WHERE key_id = $1', [made.id])).toEqual([]);
  });

  it('keeps what was wished for, and ends when it should', async () => {
    const expiresAt = new Date(nowMs + 1000);
    const wished = { scopes: ['logs:write', 'logs:write', 'rum:write'], requireTimestamp: true, expiresAt } as const;
    const { id } = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'wishes', kind: 'signed', ...wished });
    expect(await accounts.apiKeys.find(orgA, id)).toMatchObject({ ...wished, scopes: ['logs:write', 'rum:write'] });
    expect(await accounts.ingestKeys.find(id)).toMatchObject({ revoked: false, requireTimestamp: true });
    nowMs += 1000;
    expect(await accounts.ingestKeys.find(id)).toMatchObject({ revoked: true, secrets: [] });
  });

  it.each<[string, NewApiKey]>([
    ['a name of nothing', { name: ' ', kind: 'signed' }],
    ['no scope', { name: 'x', kind: 'token', scopes: [] }],
    ['scopes to read', { name: 'x', kind: 'query', scopes: ['logs:write'] }],
    ['origins of a key that signs', { name: 'x', kind: 'signed', origins: ['*'] }],
    ['origins of a query key', { name: 'x', kind: 'query', origins: ['*'] }],
    ['a browser from nowhere', { name: 'x', kind: 'browser' }],
    ['a browser from nowhere at all', { name: 'x', kind: 'browser', origins: [] }],
    ['a browser that sends logs', { ...BROWSER, scopes: ['rum:write', 'logs:write'] }],
    ['an origin that is none', { ...BROWSER, origins: ['https://shop.example', 'null'] }],
    ['a browser that signs', { ...BROWSER, requireTimestamp: true }],
    ['a token that signs', { name: 'x', kind: 'token', requireTimestamp: true }],
    ['an end in the past', { name: 'x', kind: 'signed', expiresAt: new Date(0) }],
    ['an end that is none', { name: 'x', kind: 'signed', expiresAt: new Date(Number.NaN) }],
  ])('is refused: %s', async (_, key) => {
    await expect(accounts.apiKeys.create(orgA, SYSTEM_ACTOR, key)).rejects.toMatchObject(INVALID);
  });

  it('needs an organization, and a kind that the table knows', async () => {
    await expect(accounts.apiKeys.create(NOWHERE, SYSTEM_ACTOR, { name: 'x', kind: 'token' })).rejects.toMatchObject(
      NOT_FOUND,
    );
    const foreign = sql(
      "INSERT INTO api_keys (id, org_id, name, kind, scopes, created_at) VALUES ('made-by-hand', $1, '', 'magic', '{}', now())",
      [orgA],
    );
    await expect(foreign).rejects.toThrow(/api_keys_kind_check/);
  });
});

describe('a list of keys', () => {
  it('comes page by page, newest first, whatever is made meanwhile', async () => {
    const org = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'Listed', ownerUserId: owner });
    expect(await accounts.apiKeys.list(org, { limit: 10 })).toEqual({ items: [], nextCursor: null });
    const made: string[] = [];
    for (const [position, kind] of API_KEY_KINDS.entries()) {
      nowMs += position % 2;
      const origins = kind === 'browser' ? ['*'] : [];
      made.push((await accounts.apiKeys.create(org, SYSTEM_ACTOR, { name: kind, kind, origins })).id);
    }
    await accounts.apiKeys.revoke(org, SYSTEM_ACTOR, made[1] ?? '');
    const first = await accounts.apiKeys.list(org, { limit: 2 });
    await accounts.apiKeys.create(org, SYSTEM_ACTOR, { name: 'late', kind: 'signed' });
    nowMs += 1;
    await accounts.apiKeys.create(org, SYSTEM_ACTOR, { name: 'later', kind: 'signed' });
    const second = await accounts.apiKeys.list(org, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.nextCursor).toBeNull();
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids.toSorted()).toEqual(made.toSorted());
    expect(ids[0]).toBe(made[3]);
    expect(ids[3]).toBe(made[0]);
    expect(second.items.concat(first.items).find(({ id }) => id === made[1])?.revokedAt).toBeInstanceOf(Date);
    expect(Object.keys(first.items[0] ?? {})).not.toContain('secret');
    expect((await accounts.apiKeys.list(org, { limit: 4 })).items).toHaveLength(4);
  });

  it('is one organization’s only, and so are its cursors', async () => {
    const { id } = await accounts.apiKeys.create(orgB, SYSTEM_ACTOR, { name: 'of b', kind: 'signed' });
    const seen = (await accounts.apiKeys.list(orgA, { limit: 1000 })).items.map((key) => key.id);
    expect(seen).not.toContain(id);
    for (const cursor of [id, 'nonsense', '', "' OR true --", 'null\u0000null\u0000']) {
      await expect(accounts.apiKeys.list(orgA, { limit: 5, cursor })).rejects.toMatchObject({ code: 'invalid-cursor' });
    }
  });
});

describe('a rotation', () => {
  it('gives a new secret at once, and the old one works until the overlap ends', async () => {
    const made = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'rotated', kind: 'token' });
    nowMs += 1;
    const rotated = await accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, made.id, 3600);
    expect(rotated).toEqual({ ...made, secret: expect.stringMatching(/^agt_/) });
    expect(rotated.secret).not.toBe(made.secret);
    expect(keyIdOfToken(rotated.secret ?? '')).toBe(made.id);
    expect(await secretTexts(made.id)).toEqual([rotated.secret, made.secret]);
    nowMs += 3_599_999;
    expect(await secretTexts(made.id)).toEqual([rotated.secret, made.secret]);
    nowMs += 1;
    expect(await secretTexts(made.id)).toEqual([rotated.secret]);
  });

  it('never lengthens the life of an old secret, and can end it at once', async () => {
    const made = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'rotated', kind: 'signed' });
    nowMs += 1;
    const second = await accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, made.id, 10);
    nowMs += 1;
    const third = await accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, made.id, 3600);
    expect(await secretTexts(made.id)).toEqual([third.secret, second.secret, made.secret]);
    nowMs += 9_999;
    expect(await secretTexts(made.id)).toEqual([third.secret, second.secret]);
    const fourth = await accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, made.id, 0);
    expect(await secretTexts(made.id)).toEqual([fourth.secret]);
    expect(await sql('SELECT id FROM api_key_secrets WHERE key_id = $1', [made.id])).toHaveLength(1);
  });

  it('is bounded: secrets do not pile up', async () => {
    const { id } = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'piled', kind: 'signed' });
    for (let round = 1; round < 10; round += 1) {
      await accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 3600);
    }
    await expect(accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 3600)).rejects.toMatchObject(INVALID);
    expect(await secretTexts(id)).toHaveLength(10);
    await accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 0);
    expect(await secretTexts(id)).toHaveLength(1);
  });

  it('done twice at the same time gives two secrets that work', async () => {
    const { id } = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'raced', kind: 'query' });
    const rotated = await Promise.all([
      accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 60),
      accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 60),
    ]);
    const texts = await secretTexts(id);
    expect(texts).toHaveLength(3);
    expect(rotated.every(({ secret }) => texts?.includes(secret ?? ''))).toBe(true);
  });

  it('is refused for keys without secret, revoked, expired, unknown and of another organization', async () => {
    const browser = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, BROWSER);
    const revoked = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'revoked', kind: 'signed' });
    await accounts.apiKeys.revoke(orgA, SYSTEM_ACTOR, revoked.id);
    const expired = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, {
      name: 'x',
      kind: 'token',
      expiresAt: new Date(nowMs + 1),
    });
    nowMs += 1;
    for (const { id } of [browser, revoked, expired]) {
      await expect(accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 0)).rejects.toMatchObject(INVALID);
      await expect(accounts.apiKeys.rotate(orgB, SYSTEM_ACTOR, id, 0)).rejects.toMatchObject(NOT_FOUND);
    }
    const mine = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'mine', kind: 'signed' });
    await expect(accounts.apiKeys.rotate(orgB, SYSTEM_ACTOR, mine.id, 0)).rejects.toMatchObject(NOT_FOUND);
    expect(await secretTexts(mine.id)).toEqual([mine.secret]);
    for (const id of ['agk_unknown_key', '', 'null\u0000null\u0000']) {
      await expect(accounts.apiKeys.rotate(orgA, SYSTEM_ACTOR, id, 0)).rejects.toMatchObject(NOT_FOUND);
      await expect(accounts.apiKeys.find(orgA, id)).rejects.toMatchObject(NOT_FOUND);
      await expect(accounts.apiKeys.revoke(orgA, SYSTEM_ACTOR, id)).rejects.toMatchObject(NOT_FOUND);
    }
    await expect(accounts.apiKeys.find(orgB, mine.id)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe('a name', () => {
  it('is changed, trimmed, by the organization alone', async () => {
    const by = { ...SYSTEM_ACTOR, kind: 'user', id: owner, name: 'owner@example.com' } as const;
    const { secret: _, ...made } = await accounts.apiKeys.create(orgA, by, { name: 'first', kind: 'signed' });
    expect(made.createdByName).toBe('Owner');
    expect(await accounts.apiKeys.rename(orgA, by, made.id, ' second ')).toEqual({ ...made, name: 'second' });
    expect(await accounts.apiKeys.find(orgA, made.id)).toEqual({ ...made, name: 'second' });
    const [entry] = (await accounts.audit.list(orgA, {}, 1)).items;
    expect(entry).toMatchObject({ action: 'key.update', before: { name: 'first' }, after: { name: 'second' } });
    await accounts.apiKeys.rename(orgA, by, made.id, 'second');
    expect((await accounts.audit.list(orgA, {}, 1)).items[0]?.seq).toBe(entry?.seq);
    await expect(accounts.apiKeys.rename(orgB, by, made.id, 'third')).rejects.toMatchObject(NOT_FOUND);
    expect(() => accounts.apiKeys.rename(orgA, by, made.id, ' ')).toThrow(expect.objectContaining(INVALID));
  });
});

describe('the last use', () => {
  it('is kept where it is newer, for many keys at once, by several processes at once', async () => {
    const make = async () => (await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'used', kind: 'signed' })).id;
    const keys = await Promise.all(Array.from({ length: 10 }, make));
    const lastUses = () => Promise.all(keys.map(async (id) => (await accounts.apiKeys.find(orgA, id)).lastUsedAt));
    const at = (minute: number) => new Date(minute * 60_000);
    const use = (ids: readonly string[], minute: number) =>
      accounts.apiKeys.noteUse(new Map(ids.map((id) => [id, at(minute)])));
    await Promise.all([use(keys, 5), use(keys.toReversed(), 6), use(keys, 4), use([...keys, 'agk_unknown_key'], 3)]);
    expect(await lastUses()).toEqual(keys.map(() => at(6)));
    await use(keys.slice(0, 1), 2);
    await use(keys.slice(1, 2), 7);
    expect(await lastUses()).toEqual([at(6), at(7), ...keys.slice(2).map(() => at(6))]);
  });
});

describe('a query key', () => {
  it('is handed to nobody who may not read what it reads', async () => {
    const { id: userId, email } = await accounts.users.create({
      email: 'keys@example.com',
      name: 'K',
      password: 'a fine long password',
    });
    const permissions = ['keys:read', 'keys:write', 'logs:read'] as const;
    const role = await accounts.roles.create(orgA, SYSTEM_ACTOR, { name: 'Keys', description: '', permissions });
    await accounts.members.add(orgA, SYSTEM_ACTOR, userId, role.id);
    const by = { ...SYSTEM_ACTOR, kind: 'user', id: userId, name: email } as const;
    const FORBIDDEN = { code: 'forbidden' };
    const query = await accounts.apiKeys.create(orgA, SYSTEM_ACTOR, { name: 'reads', kind: 'query' });
    await expect(accounts.apiKeys.create(orgA, by, { name: 'mine', kind: 'query' })).rejects.toMatchObject(FORBIDDEN);
    await expect(accounts.apiKeys.rotate(orgA, by, query.id, 0)).rejects.toMatchObject(FORBIDDEN);
    const { id } = await accounts.apiKeys.create(orgA, by, { name: 'writes', kind: 'signed' });
    await accounts.apiKeys.rotate(orgA, by, id, 0);
  });
});
