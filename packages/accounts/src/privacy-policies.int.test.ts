import { randomBytes } from 'node:crypto';
import { AegisError, DEFAULT_PRIVACY_POLICY, type OrgId, PrivacyPolicy, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { SYSTEM_ACTOR } from './actor.ts';

const NOWHERE = parseOrgId('00000000-0000-7000-8000-000000000000');
const NOW = new Date('2026-11-22T12:00:00Z');
const masterKey = randomBytes(32);
let databaseUrl: string;
let accounts: Accounts;
let org: OrgId;
let other: OrgId;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey, now: () => NOW.getTime() });
  await accounts.migrate();
  const owner = await accounts.users.create({ email: 'o@example.com', name: 'O', password: 'a password of an owner' });
  org = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner.id });
  other = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner.id });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const policyOf = (given: object) => PrivacyPolicy.parse(given);

async function store(policy: string | null): Promise<void> {
  const client = new Client(databaseUrl);
  await client.connect();
  await client.query('UPDATE organizations SET privacy_policy = $1 WHERE id = $2', [policy, other]);
  await client.end();
}

it('an organization that has set nothing has the default policy, and so has one that is gone', async () => {
  for (const id of [org, NOWHERE]) {
    expect(await accounts.privacy.read(id)).toEqual({ value: DEFAULT_PRIVACY_POLICY, version: 0, updatedAt: null });
  }
});

it('a policy is replaced by whoever read it last, for that organization alone', async () => {
  const rule = { name: 'ticket', pattern: 'T-(\\d+) \\u0000 "Ω😀', strategy: 'hash' };
  const policy = policyOf({ detectors: { email: 'hash' }, customRules: [rule] });
  const changed = await accounts.privacy.replace(org, SYSTEM_ACTOR, policy, 0);
  expect(changed).toEqual({ value: policy, version: 1, updatedAt: NOW });
  expect(await accounts.privacy.read(org)).toEqual(changed);
  await expect(accounts.privacy.replace(org, SYSTEM_ACTOR, policyOf({}), 0)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await accounts.privacy.replace(org, SYSTEM_ACTOR, policyOf({}), 1)).toMatchObject({ version: 2 });
  expect(await accounts.privacy.read(other)).toMatchObject({ version: 0 });
  await expect(accounts.privacy.replace(NOWHERE, SYSTEM_ACTOR, policy, 0)).rejects.toMatchObject({ code: 'not-found' });
});

it('of two who change at once, one is told', async () => {
  const { version } = await accounts.privacy.read(org);
  const outcomes = await Promise.allSettled(
    ['mask', 'hash'].map((email) =>
      accounts.privacy.replace(org, SYSTEM_ACTOR, policyOf({ detectors: { email } }), version),
    ),
  );
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await accounts.privacy.read(org)).toMatchObject({ version: version + 1 });
});

it.each(['a\0b', 'half \ud83d of a pair'])('%j cannot be kept, and is the client’s fault', async (name) => {
  const refused = accounts.privacy.replace(org, SYSTEM_ACTOR, policyOf({ secretFields: [name] }), 0);
  await expect(refused).rejects.toMatchObject({ code: 'invalid-request' });
});

it('a policy that this version cannot read is never taken for the default', async () => {
  for (const stored of ['{"detectors":{"email":"teleport"}}', '{"fromTheFuture":true}', '[]', '"x"']) {
    await store(stored);
    const read = accounts.privacy.read(other);
    await expect(read).rejects.toBeInstanceOf(AegisError);
    await expect(read).rejects.toMatchObject({ code: 'internal' });
  }
  await store('{"detectors":{"email":"keep"}}');
  expect((await accounts.privacy.read(other)).value).toEqual(policyOf({ detectors: { email: 'keep' } }));
  await store(null);
});

it('each organization has a key of its own for hashes, drawn from the master key', () => {
  const key = accounts.privacyHashKey(org);
  expect(key).toHaveLength(32);
  expect(accounts.privacyHashKey(org)).toEqual(key);
  expect(accounts.privacyHashKey(other)).not.toEqual(key);
  const elsewhere = openAccounts({ databaseUrl, masterKey: randomBytes(32) });
  expect(elsewhere.privacyHashKey(org)).not.toEqual(key);
  // Its buffer crosses to threads whole.
  expect(key.buffer.byteLength).toBe(32);
});
