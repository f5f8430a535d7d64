import { randomBytes, randomUUID } from 'node:crypto';
import { type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';

const NOWHERE = parseOrgId('00000000-0000-7000-8000-000000000000');

const masterKey = randomBytes(32);
let databaseUrl: string;
let nowMs = Date.parse('2026-11-22T12:00:00Z');
let accounts: Accounts;
let orgA: OrgId;
let orgB: OrgId;
let owner: string;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey, now: () => nowMs });
  await accounts.migrate();
  owner = (await accounts.createUser({ email: 'owner@example.com', name: 'Owner', password: 'owner password' })).id;
  orgA = await accounts.createOrganization({ name: 'A', ownerUserId: owner });
  orgB = await accounts.createOrganization({ name: 'B', ownerUserId: owner });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

/** What a later version's routes will write, or what only an intruder would. */
async function sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

describe('ingest keys', () => {
  it('are found with their secrets and their organization’s settings', async () => {
    await sql(
      `UPDATE organizations SET logs_retention_days = 90, metrics_retention_days = 400, traces_retention_days = 7,
         rum_retention_days = 14, ingest_rate_per_min = 500, active_series_max = 1000 WHERE id = $1`,
      [orgB],
    );
    const made = await accounts.createIngestKey(orgB, { name: 'web', scopes: ['logs:write'], requireTimestamp: true });
    expect(await accounts.findIngestKey(made.keyId)).toEqual({
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
    expect(await accounts.organizationSettings(orgB)).toEqual({
      orgId: orgB,
      name: 'B',
      retentionDays: { logs: 90, metrics: 400, traces: 7, rum: 14, events: 365 },
      ratePerMin: 500,
      activeSeriesMax: 1000,
    });
  });

  it('take an id and a secret of the operator’s own', async () => {
    const chosen = { keyId: 'my-own_KEY', secret: 'geheim Ω geheim geheim' };
    expect(await accounts.createIngestKey(orgA, { name: 'own', scopes: [], ...chosen })).toEqual(chosen);
    expect((await accounts.findIngestKey('my-own_KEY'))?.secrets).toEqual([Buffer.from(chosen.secret, 'utf8')]);
  });

  it('are unknown under other ids, and a text that cannot be one is not asked for', async () => {
    expect(await accounts.findIngestKey('agk_unknown_key')).toBeUndefined();
    const unreachable = openAccounts({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', masterKey: randomBytes(32) });
    for (const text of ['', 'short', 'x'.repeat(65), "' OR true --", 'null\u0000null\u0000', 'agk_\ud800_unpaired']) {
      expect(await unreachable.findIngestKey(text)).toBeUndefined();
    }
    await unreachable.close();
  });

  it('do not leave the secret in the database', async () => {
    const { keyId, secret } = await accounts.createIngestKey(orgA, { name: 'sealed', scopes: [] });
    const [row] = await sql("SELECT encode(ciphertext, 'hex') AS hex FROM api_key_secrets WHERE key_id = $1", [keyId]);
    expect(String(row?.hex)).toHaveLength(2 * (secret.length + 33));
    expect(row?.hex).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('do not work with a ciphertext that was moved from another key', async () => {
    const victim = await accounts.createIngestKey(orgA, { name: 'victim', scopes: [] });
    const mine = await accounts.createIngestKey(orgB, { name: 'mine', scopes: [] });
    await sql(
      'UPDATE api_key_secrets SET ciphertext = (SELECT ciphertext FROM api_key_secrets WHERE key_id = $1) WHERE key_id = $2',
      [mine.keyId, victim.keyId],
    );
    await expect(accounts.findIngestKey(victim.keyId)).rejects.toMatchObject({ code: 'internal' });
  });

  it('are revoked by their organization only, for good, and again without error', async () => {
    const { keyId } = await accounts.createIngestKey(orgA, { name: 'revoked', scopes: ['logs:write'] });
    await expect(accounts.revokeApiKey(orgB, keyId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(accounts.revokeApiKey(orgA, 'agk_unknown_key')).rejects.toMatchObject({ code: 'not-found' });
    expect((await accounts.findIngestKey(keyId))?.revoked).toBe(false);

    await accounts.revokeApiKey(orgA, keyId);
    const [first] = await sql('SELECT revoked_at FROM api_keys WHERE id = $1', [keyId]);
    nowMs += 1000;
    await accounts.revokeApiKey(orgA, keyId);
    expect(await sql('SELECT revoked_at FROM api_keys WHERE id = $1', [keyId])).toEqual([first]);
    expect(await accounts.findIngestKey(keyId)).toMatchObject({ orgId: orgA, revoked: true, secrets: [] });
  });

  it('count as revoked from the moment they expire', async () => {
    const { keyId } = await accounts.createIngestKey(orgA, { name: 'expiring', scopes: [] });
    await sql('UPDATE api_keys SET expires_at = $2 WHERE id = $1', [keyId, new Date(nowMs + 1)]);
    expect(await accounts.findIngestKey(keyId)).toMatchObject({ revoked: false });
    nowMs += 1;
    expect(await accounts.findIngestKey(keyId)).toMatchObject({ revoked: true, secrets: [] });
  });

  it('refuse a taken id, also of another organization, and an unknown organization', async () => {
    await accounts.createIngestKey(orgA, { name: 'taken', scopes: [], keyId: 'taken-key' });
    const again = accounts.createIngestKey(orgB, { name: 'taken', scopes: [], keyId: 'taken-key' });
    await expect(again).rejects.toMatchObject({ code: 'invalid-request', detail: 'The key id is taken.' });
    await expect(accounts.createIngestKey(NOWHERE, { name: 'x', scopes: [] })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await accounts.findIngestKey('taken-key'))?.orgId).toBe(orgA);
  });
});

describe('users', () => {
  it('log in with their address in any case, and with nothing else', async () => {
    const made = await accounts.createUser({ email: ' Grace@Example.COM', name: ' Grace ', password: 'pässword' });
    expect(made).toMatchObject({ email: 'grace@example.com', name: 'Grace', disabled: false });
    expect(await accounts.authenticate('GRACE@example.com ', 'pa\u0308ssword')).toEqual(made);
    expect(await accounts.authenticate('grace@example.com', 'password')).toBeUndefined();
    expect(await accounts.authenticate('grace@example.com', '')).toBeUndefined();
    expect(await accounts.authenticate('nobody@example.com', 'pässword')).toBeUndefined();
    expect(await accounts.authenticate('null\u0000@example.com', 'x')).toBeUndefined();
    expect(await accounts.findUser(made.id)).toEqual(made);
    expect(await accounts.findUser(randomUUID())).toBeUndefined();
    expect(await accounts.findUser('no-uuid')).toBeUndefined();
    expect(await accounts.membershipsOf('no-uuid')).toEqual([]);
  });

  it('do not log in while disabled', async () => {
    const { id } = await accounts.createUser({ email: 'gone@example.com', name: 'Gone', password: 'still right' });
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await accounts.authenticate('gone@example.com', 'still right')).toBeUndefined();
    expect(await accounts.findUser(id)).toMatchObject({ disabled: true });
    await sql('UPDATE users SET disabled_at = NULL WHERE id = $1', [id]);
    expect(await accounts.authenticate('gone@example.com', 'still right')).toMatchObject({ id });
  });

  it('have one address each, whatever its case', async () => {
    const person = { email: 'once@example.com', name: 'Once', password: 'x' };
    const attempts = ['once@example.com', 'ONCE@example.com', 'Once@Example.Com'].map((email) =>
      accounts.createUser({ ...person, email }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      expect(outcome.status === 'fulfilled' || outcome.reason).toSatisfy(
        (value) => value === true || value.code === 'invalid-request',
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
    const { id } = await accounts.createUser({ email: 'member@example.com', name: 'Member', password: 'x' });
    expect(await accounts.membershipsOf(id)).toEqual([]);
    await accounts.addMember(orgB, id, 'viewer');
    await accounts.addMember(orgA, id, 'member');
    expect(await accounts.membershipsOf(id)).toEqual([
      { orgId: orgA, name: 'A', role: 'member' },
      { orgId: orgB, name: 'B', role: 'viewer' },
    ]);
    await expect(accounts.addMember(orgA, id, 'owner')).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(accounts.addMember(NOWHERE, id, 'owner')).rejects.toMatchObject({ code: 'not-found' });
    await expect(accounts.addMember(orgA, randomUUID(), 'owner')).rejects.toMatchObject({ code: 'not-found' });
    await expect(accounts.addMember(orgA, 'no-uuid', 'owner')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are closed to a user who is disabled', async () => {
    const { id } = await accounts.createUser({ email: 'locked-out@example.com', name: 'Locked out', password: 'x' });
    await accounts.addMember(orgA, id, 'admin');
    const memberships = await accounts.membershipsOf(id);
    expect(memberships).toHaveLength(1);
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await accounts.membershipsOf(id)).toEqual([]);
    await sql('UPDATE users SET disabled_at = NULL WHERE id = $1', [id]);
    expect(await accounts.membershipsOf(id)).toEqual(memberships);
  });

  it('are made whole or not at all', async () => {
    const count = async () => (await sql('SELECT count(*)::int AS count FROM organizations'))[0]?.count;
    const before = await count();
    const orphan = accounts.createOrganization({ name: 'Orphan', ownerUserId: randomUUID() });
    await expect(orphan).rejects.toMatchObject({ code: 'not-found' });
    for (const name of [' ', 'x'.repeat(201), 'nul\u0000']) {
      await expect(accounts.createOrganization({ name, ownerUserId: owner })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    }
    expect(await count()).toBe(before);
    expect(await accounts.organizationSettings(NOWHERE)).toBeUndefined();
  });

  it('take their keys and memberships with them when they go', async () => {
    const orgId = await accounts.createOrganization({ name: 'Short-lived', ownerUserId: owner });
    const { keyId } = await accounts.createIngestKey(orgId, { name: 'x', scopes: [] });
    await sql('DELETE FROM organizations WHERE id = $1', [orgId]);
    expect(await accounts.findIngestKey(keyId)).toBeUndefined();
    expect((await accounts.membershipsOf(owner)).map(({ name }) => name)).toEqual(['A', 'B']);
    expect(await sql('SELECT id FROM api_key_secrets WHERE key_id = $1', [keyId])).toEqual([]);
  });
});
