import { randomBytes, randomUUID } from 'node:crypto';
import { type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { SYSTEM_ACTOR } from './actor.ts';

const NOWHERE = parseOrgId('00000000-0000-7000-8000-000000000000');

const masterKey = randomBytes(32);
let databaseUrl: string;
let nowMs = Date.parse('2026-11-22T12:00:00Z');
let accounts: Accounts;
let orgA: OrgId;
let orgB: OrgId;
let owner: string;

/** As a new session of the user sees them: the organization, its name and the role. */
async function membershipsOf(userId: string): Promise<object[]> {
  const place = { ip: null, userAgent: null };
  const id = await accounts.sessions.create({ userId, methods: ['password'], fingerprint: Buffer.alloc(32), ...place });
  const access = await accounts.sessions.access(id);
  return (access?.memberships ?? []).map(({ orgId, name, role }) => ({ orgId, name, role }));
}

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey, now: () => nowMs });
  await accounts.migrate();
  owner = (await accounts.users.create({ email: 'owner@example.com', name: 'Owner', password: 'owner password' })).id;
  orgA = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner });
  orgB = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

/** What a later version's routes will write, or what only an intruder would. */
const sql = (text: string, values: readonly unknown[] = []) => runSql(databaseUrl, text, values);

describe('ingest keys', () => {
  it('are found with their secrets and their organization’s settings', async () => {
    await sql(
      `UPDATE organizations SET logs_retention_days = 90, metrics_retention_days = 400, traces_retention_days = 7,
         rum_retention_days = 14, ingest_rate_per_min = 500, active_series_max = 1000 WHERE id = $1`,
      [orgB],
    );
    const made = await accounts.ingestKeys.create(orgB, {
      name: 'web',
      scopes: ['logs:write'],
      requireTimestamp: true,
    });
    expect(await accounts.ingestKeys.find(made.keyId)).toEqual({
      keyId: made.keyId,
      orgId: orgB,
      kind: 'signed',
      scopes: ['logs:write'],
      origins: [],
      secrets: [Buffer.from(made.secret)],
      requireTimestamp: true,
      revoked: false,
      expired: false,
      retentionDays: { logs: 90, metrics: 400, traces: 7, rum: 14, events: 365 },
      ratePerMin: 500,
      activeSeriesMax: 1000,
    });
    expect(await accounts.organizations.view(orgB)).toMatchObject({
      orgId: orgB,
      name: 'B',
      retentionDays: { logs: 90, metrics: 400, traces: 7, rum: 14 },
      ratePerMin: 500,
      activeSeriesMax: 1000,
    });
  });

  it('take an id and a secret of the operator’s own', async () => {
    const chosen = { keyId: 'my-own_KEY', secret: 'geheim Ω geheim geheim' };
    expect(await accounts.ingestKeys.create(orgA, { name: 'own', scopes: [], ...chosen })).toEqual(chosen);
    expect((await accounts.ingestKeys.find('my-own_KEY'))?.secrets).toEqual([Buffer.from(chosen.secret, 'utf8')]);
  });

  it('are unknown under other ids, and a text that cannot be one is not asked for', async () => {
    expect(await accounts.ingestKeys.find('agk_unknown_key')).toBeUndefined();
    const unreachable = openAccounts({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', masterKey: randomBytes(32) });
    for (const text of ['', 'short', 'x'.repeat(65), "' OR true --", 'null\u0000null\u0000', 'agk_\ud800_unpaired']) {
      expect(await unreachable.ingestKeys.find(text)).toBeUndefined();
    }
    await unreachable.close();
  });

  it('do not leave the secret in the database', async () => {
    const { keyId, secret } = await accounts.ingestKeys.create(orgA, { name: 'sealed', scopes: [] });
    const [row] = await sql("SELECT encode(ciphertext, 'hex') AS hex FROM api_key_secrets WHERE key_id = $1", [keyId]);
    expect(String(row?.hex)).toHaveLength(2 * (secret.length + 33));
    expect(row?.hex).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('do not work with a ciphertext that was moved from another key', async () => {
    const victim = await accounts.ingestKeys.create(orgA, { name: 'victim', scopes: [] });
    const mine = await accounts.ingestKeys.create(orgB, { name: 'mine', scopes: [] });
    await sql(
      'UPDATE api_key_secrets SET ciphertext = (SELECT ciphertext FROM api_key_secrets WHERE key_id = $1) WHERE key_id = $2',
      [mine.keyId, victim.keyId],
    );
    await expect(accounts.ingestKeys.find(victim.keyId)).rejects.toMatchObject({ code: 'internal' });
  });

  it('are revoked by their organization only, for good, and again without error', async () => {
    const { keyId } = await accounts.ingestKeys.create(orgA, { name: 'revoked', scopes: ['logs:write'] });
    await expect(accounts.apiKeys.revoke(orgB, SYSTEM_ACTOR, keyId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(accounts.apiKeys.revoke(orgA, SYSTEM_ACTOR, 'agk_unknown_key')).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await accounts.ingestKeys.find(keyId))?.revoked).toBe(false);

    await accounts.apiKeys.revoke(orgA, SYSTEM_ACTOR, keyId);
    const [first] = await sql('SELECT revoked_at FROM api_keys WHERE id = $1', [keyId]);
    nowMs += 1000;
    await accounts.apiKeys.revoke(orgA, SYSTEM_ACTOR, keyId);
    expect(await sql('SELECT revoked_at FROM api_keys WHERE id = $1', [keyId])).toEqual([first]);
    expect(await accounts.ingestKeys.find(keyId)).toMatchObject({ orgId: orgA, revoked: true, secrets: [] });
  });

  it('count as revoked from the moment they expire', async () => {
    const { keyId } = await accounts.ingestKeys.create(orgA, { name: 'expiring', scopes: [] });
    await sql('UPDATE api_keys SET expires_at = $2 WHERE id = $1', [keyId, new Date(nowMs + 1)]);
    expect(await accounts.ingestKeys.find(keyId)).toMatchObject({ revoked: false });
    nowMs += 1;
    expect(await accounts.ingestKeys.find(keyId)).toMatchObject({ revoked: true, secrets: [] });
  });

  it('refuse a taken id, also of another organization, and an unknown organization', async () => {
    await accounts.ingestKeys.create(orgA, { name: 'taken', scopes: [], keyId: 'taken-key' });
    const again = accounts.ingestKeys.create(orgB, { name: 'taken', scopes: [], keyId: 'taken-key' });
    await expect(again).rejects.toMatchObject({ code: 'invalid-request', detail: 'The key id is taken.' });
    await expect(accounts.ingestKeys.create(NOWHERE, { name: 'x', scopes: [] })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await accounts.ingestKeys.find('taken-key'))?.orgId).toBe(orgA);
  });
});

describe('users', () => {
  it('log in with their address in any case, and with nothing else', async () => {
    const made = await accounts.users.create({ email: ' Grace@Example.COM', name: ' Grace ', password: 'pässword' });
    expect(made).toMatchObject({ email: 'grace@example.com', name: 'Grace', disabled: false });
    expect(await accounts.users.authenticate('GRACE@example.com ', 'pa\u0308ssword')).toEqual(made);
    expect(await accounts.users.authenticate('grace@example.com', 'password')).toBeUndefined();
    expect(await accounts.users.authenticate('grace@example.com', '')).toBeUndefined();
    expect(await accounts.users.authenticate('nobody@example.com', 'pässword')).toBeUndefined();
    expect(await accounts.users.authenticate('null\u0000@example.com', 'x')).toBeUndefined();
    expect(await accounts.users.find(made.id)).toEqual(made);
    expect(await accounts.users.find(randomUUID())).toBeUndefined();
    expect(await accounts.users.find('no-uuid')).toBeUndefined();
    expect(await accounts.sessions.access('no-uuid')).toBeUndefined();
  });

  it('do not log in while disabled', async () => {
    const { id } = await accounts.users.create({ email: 'gone@example.com', name: 'Gone', password: 'still right' });
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await accounts.users.authenticate('gone@example.com', 'still right')).toBeUndefined();
    expect(await accounts.users.find(id)).toMatchObject({ disabled: true });
    await sql('UPDATE users SET disabled_at = NULL WHERE id = $1', [id]);
    expect(await accounts.users.authenticate('gone@example.com', 'still right')).toMatchObject({ id });
  });

  it('have one address each, whatever its case', async () => {
    const person = { email: 'once@example.com', name: 'Once', password: 'x' };
    const attempts = ['once@example.com', 'ONCE@example.com', 'Once@Example.Com'].map((email) =>
      accounts.users.create({ ...person, email }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      expect(outcome.status === 'fulfilled' || outcome.reason).toSatisfy(
        (value) => value === true || value.code === 'already-exists',
      );
    }
    const direct = sql(
      "INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, 'Upper@x.de', '', '', now())",
      [randomUUID()],
    );
    await expect(direct).rejects.toThrow(/users_email_check/);
  });
});

describe('organizations', () => {
  it('know their members, and only theirs', async () => {
    const { id } = await accounts.users.create({ email: 'member@example.com', name: 'Member', password: 'x' });
    expect(await membershipsOf(id)).toEqual([]);
    await accounts.members.add(orgB, SYSTEM_ACTOR, id, 'viewer');
    await accounts.members.add(orgA, SYSTEM_ACTOR, id, 'member');
    expect(await membershipsOf(id)).toEqual([
      { orgId: orgA, name: 'A', role: 'member' },
      { orgId: orgB, name: 'B', role: 'viewer' },
    ]);
    await expect(accounts.members.add(orgA, SYSTEM_ACTOR, id, 'owner')).rejects.toMatchObject({
      code: 'already-exists',
    });
    await expect(accounts.members.add(NOWHERE, SYSTEM_ACTOR, id, 'owner')).rejects.toMatchObject({ code: 'not-found' });
    await expect(accounts.members.add(orgA, SYSTEM_ACTOR, randomUUID(), 'owner')).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(accounts.members.add(orgA, SYSTEM_ACTOR, 'no-uuid', 'owner')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('are closed to a user who is disabled', async () => {
    const { id } = await accounts.users.create({ email: 'locked-out@example.com', name: 'Locked out', password: 'x' });
    await accounts.members.add(orgA, SYSTEM_ACTOR, id, 'admin');
    const memberships = await membershipsOf(id);
    expect(memberships).toHaveLength(1);
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await membershipsOf(id)).toEqual([]);
    await sql('UPDATE users SET disabled_at = NULL WHERE id = $1', [id]);
    expect(await membershipsOf(id)).toEqual(memberships);
  });

  it('are made whole or not at all', async () => {
    const count = async () => (await sql('SELECT count(*)::int AS count FROM organizations'))[0]?.count;
    const before = await count();
    const orphan = accounts.organizations.create(SYSTEM_ACTOR, { name: 'Orphan', ownerUserId: randomUUID() });
    await expect(orphan).rejects.toMatchObject({ code: 'not-found' });
    for (const name of [' ', 'x'.repeat(201), 'nul\u0000']) {
      await expect(accounts.organizations.create(SYSTEM_ACTOR, { name, ownerUserId: owner })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    }
    expect(await count()).toBe(before);
    await expect(accounts.organizations.view(NOWHERE)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('take their keys and memberships with them when they go', async () => {
    const orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'Short-lived', ownerUserId: owner });
    const { keyId } = await accounts.ingestKeys.create(orgId, { name: 'x', scopes: [] });
    await sql('DELETE FROM organizations WHERE id = $1', [orgId]);
    expect(await accounts.ingestKeys.find(keyId)).toBeUndefined();
    expect(await membershipsOf(owner)).toMatchObject([{ name: 'A' }, { name: 'B' }]);
    expect(await sql('SELECT id FROM api_key_secrets WHERE key_id = $1', [keyId])).toEqual([]);
  });
});
