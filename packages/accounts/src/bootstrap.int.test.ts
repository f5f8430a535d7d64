import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { INGEST_SCOPES } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';

const run = promisify(execFile);

let databaseUrl: string;
let masterKey: Buffer;
let accounts: Accounts;

beforeEach(async () => {
  databaseUrl = await createDatabase();
  masterKey = randomBytes(32);
  accounts = openAccounts({ databaseUrl, masterKey });
  await accounts.migrate();
});

afterEach(() => accounts.close());
afterAll(closeDatabases);

async function bootstrapped(...args: Parameters<Accounts['bootstrap']>) {
  const outcome = await accounts.bootstrap(...args);
  if (!outcome.created) {
    throw new Error('expected an empty database');
  }
  return outcome;
}

describe('bootstrap', () => {
  it('makes up what was not given, and it works', async () => {
    const outcome = await bootstrapped();
    expect(outcome.adminEmail).toBe('admin@aegisguard.local');
    expect([...outcome.generated].sort()).toEqual(['adminEmail', 'adminPassword', 'orgKey', 'orgSecret']);

    const user = await accounts.users.authenticate(outcome.adminEmail, outcome.adminPassword);
    const place = { fingerprint: Buffer.alloc(32), ip: null, userAgent: null };
    const session = await accounts.sessions.create({ userId: user?.id ?? '', methods: ['password'], ...place });
    expect((await accounts.sessions.access(session))?.memberships).toMatchObject([
      { orgId: outcome.orgId, name: 'Default organization', role: 'owner' },
    ]);
    expect(await accounts.ingestKeys.find(outcome.orgKey)).toEqual({
      keyId: outcome.orgKey,
      orgId: outcome.orgId,
      kind: 'signed',
      scopes: INGEST_SCOPES,
      secrets: [Buffer.from(outcome.orgSecret)],
      origins: [],
      requireTimestamp: false,
      revoked: false,
      expired: false,
      retentionDays: { logs: 30, metrics: 30, traces: 30, rum: 30, events: 365 },
      ratePerMin: null,
      activeSeriesMax: null,
    });
  });

  it('takes what was given, and says so', async () => {
    const wishes = {
      adminEmail: 'Ops@Example.com',
      adminPassword: 'correct horse',
      orgName: 'Example',
      orgKey: 'example-key-1',
      orgSecret: 'an example secret of enough length',
    };
    const outcome = await bootstrapped(wishes);
    const { orgName, ...rest } = wishes;
    expect(outcome).toMatchObject({ ...rest, adminEmail: 'ops@example.com', generated: new Set() });
    expect(await accounts.organizations.view(outcome.orgId)).toMatchObject({ name: orgName });
    expect(await accounts.users.authenticate('ops@example.com', 'correct horse')).toMatchObject({
      name: 'Administrator',
    });
    expect((await accounts.ingestKeys.find('example-key-1'))?.secrets).toEqual([Buffer.from(wishes.orgSecret)]);
  });

  it('does nothing on a filled database, whatever is wished', async () => {
    const first = await bootstrapped();
    expect(await accounts.bootstrap({ adminEmail: 'other@example.com' })).toEqual({ created: false });
    expect(await accounts.users.authenticate('other@example.com', first.adminPassword)).toBeUndefined();
  });

  it('leaves nothing behind when a wish cannot be fulfilled', async () => {
    await expect(accounts.bootstrap({ orgKey: 'not ok' })).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(accounts.bootstrap({ orgSecret: 'short' })).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(accounts.bootstrap({ adminEmail: 'nobody' })).rejects.toMatchObject({ code: 'invalid-request' });
    expect((await accounts.bootstrap()).created).toBe(true);
  });

  it('fills once when several processes start together', async () => {
    const module = new URL('./accounts.ts', import.meta.url).href;
    const program = `
      const { openAccounts } = await import(${JSON.stringify(module)});
      const accounts = openAccounts({ databaseUrl: ${JSON.stringify(databaseUrl)}, masterKey: Buffer.from(${JSON.stringify(masterKey.toString('hex'))}, 'hex') });
      await accounts.migrate();
      console.log(JSON.stringify(await accounts.bootstrap()));
      await accounts.close();`;
    const args = ['--conditions=@aegisguard/source', '--input-type=module', '-e', program];
    const runs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)));
    const outcomes = runs.map(({ stdout }) => JSON.parse(stdout) as { created: boolean; orgKey?: string });
    const [winner, ...others] = outcomes.filter(({ created }) => created);
    expect(others).toEqual([]);
    expect((await accounts.ingestKeys.find(winner?.orgKey ?? ''))?.revoked).toBe(false);
  });

  it('fills once when many callers of one process start together', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => accounts.bootstrap()));
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1);
  });

  it('notices at start that the master key is another', async () => {
    await bootstrapped();
    const other = openAccounts({ databaseUrl, masterKey: randomBytes(32) });
    try {
      await expect(other.bootstrap()).rejects.toMatchObject({
        code: 'internal',
        message: expect.stringContaining('AEGIS_MASTER_KEY'),
      });
    } finally {
      await other.close();
    }
  });
});
