import { randomBytes } from 'node:crypto';
import { AegisError, LogPipelines, NO_LOG_PIPELINES, type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { SYSTEM_ACTOR } from './actor.ts';

const NOWHERE = parseOrgId('00000000-0000-7000-8000-000000000000');
const NOW = new Date('2026-11-27T12:00:00Z');
let databaseUrl: string;
let accounts: Accounts;
let org: OrgId;
let other: OrgId;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => NOW.getTime() });
  await accounts.migrate();
  const owner = await accounts.users.create({ email: 'o@example.com', name: 'O', password: 'a password of an owner' });
  org = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner.id });
  other = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner.id });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const pipelinesOf = (given: object) => LogPipelines.parse(given);
const named = (name: string) => pipelinesOf({ rules: [{ name, steps: [{ kind: 'decolorize' }] }] });

async function store(pipelines: string | null): Promise<void> {
  const client = new Client(databaseUrl);
  await client.connect();
  await client.query('UPDATE organizations SET log_pipelines = $1 WHERE id = $2', [pipelines, other]);
  await client.end();
}

it('an organization that has set nothing has none, and so has one that is gone', async () => {
  for (const id of [org, NOWHERE]) {
    expect(await accounts.logPipelines.read(id)).toEqual({ value: NO_LOG_PIPELINES, version: 0, updatedAt: null });
  }
});

it('they are replaced by whoever read them last, for that organization alone, with both in the audit log', async () => {
  const changed = await accounts.logPipelines.replace(org, SYSTEM_ACTOR, named('Ω "quoted" 😀'), 0);
  expect(changed).toEqual({ value: named('Ω "quoted" 😀'), version: 1, updatedAt: NOW });
  expect(await accounts.logPipelines.read(org)).toEqual(changed);
  await expect(accounts.logPipelines.replace(org, SYSTEM_ACTOR, named('b'), 0)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await accounts.logPipelines.replace(org, SYSTEM_ACTOR, named('b'), 1)).toMatchObject({ version: 2 });
  expect(await accounts.logPipelines.read(other)).toMatchObject({ version: 0 });
  await expect(accounts.logPipelines.replace(NOWHERE, SYSTEM_ACTOR, named('b'), 0)).rejects.toMatchObject({
    code: 'not-found',
  });
  const { items } = await accounts.audit.list(org, {}, 1);
  expect(items[0]).toMatchObject({
    action: 'pipelines.update',
    before: { pipelines: { rules: [{ name: 'Ω "quoted" 😀' }] } },
    after: { pipelines: { rules: [{ name: 'b' }] } },
  });
});

it('of two who change at once, one is told', async () => {
  const { version } = await accounts.logPipelines.read(org);
  const outcomes = await Promise.allSettled(
    ['c', 'd'].map((name) => accounts.logPipelines.replace(org, SYSTEM_ACTOR, named(name), version)),
  );
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

it.each([
  ['a NUL', named('a\0b')],
  [
    'half a pair',
    pipelinesOf({ rules: [{ name: 'a', steps: [{ kind: 'static-labels', labels: { 'half \ud83d': 'x' } }] }] }),
  ],
])('%s cannot be kept, and is the client’s fault', async (_, pipelines) => {
  const refused = accounts.logPipelines.replace(org, SYSTEM_ACTOR, pipelines, 0);
  await expect(refused).rejects.toMatchObject({ code: 'invalid-request' });
});

it('what this version cannot read is never taken for none', async () => {
  for (const stored of ['{"rules":[{"name":"a","steps":[{"kind":"teleport"}]}]}', '{"fromTheFuture":true}', '[]']) {
    await store(stored);
    const read = accounts.logPipelines.read(other);
    await expect(read).rejects.toBeInstanceOf(AegisError);
    await expect(read).rejects.toMatchObject({ code: 'internal' });
  }
  await store(null);
  expect((await accounts.logPipelines.read(other)).value).toEqual(NO_LOG_PIPELINES);
});
