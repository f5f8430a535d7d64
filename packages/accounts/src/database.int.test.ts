import { randomBytes } from 'node:crypto';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openAccounts } from './accounts.ts';
import { SYSTEM_ACTOR } from './actor.ts';
import { Database } from './database.ts';
import { toAegisError } from './database-error.ts';

const silent = { info: () => undefined, warn: () => undefined };
const UNAVAILABLE = { code: 'unavailable', retryAfterSeconds: 1 };

let url: string;

beforeEach(async () => {
  url = await createDatabase();
});

afterAll(closeDatabases);

async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a server that cannot be reached', () => {
  it('makes every call unavailable', async () => {
    const accounts = openAccounts({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', masterKey: randomBytes(32) });
    const calls = [
      accounts.ping(),
      accounts.migrate(),
      accounts.bootstrap(),
      accounts.ingestKeys.find('agk_some_key'),
      accounts.users.find('00000000-0000-7000-8000-000000000000'),
      accounts.users.authenticate('a@b', 'c'),
      accounts.users.create({ email: 'a@b', name: 'A', password: 'c' }),
      accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: '00000000-0000-7000-8000-000000000000' }),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    }
    await accounts.close();
  });
});

describe('a server that drops its connections', () => {
  it('makes calls under way unavailable, and the next ones work', async () => {
    const database = new Database(url, 3, silent);
    const raw = database.rows('SELECT pg_sleep(30)', []);
    const prisma = database.prisma((client) => client.$executeRaw`SELECT pg_sleep(30)`);
    const outcomes = Promise.allSettled([raw, prisma]);
    await withClient(async (client) => {
      const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aegisguard' AND datname = current_database()`;
      const sleeping = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()`;
      while ((await client.query<{ count: number }>(sleeping)).rows[0]?.count !== 2) {
        // Both queries must have reached the server.
      }
      await client.query(terminate);
    });
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    }
    expect(await database.rows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
    await database.close();
  });
});

describe('limits', () => {
  it('ends a statement that takes too long, raw and through Prisma', async () => {
    const slow = withClient(async (client) => {
      await client.query('SET statement_timeout = 20');
      await client.query('SELECT pg_sleep(30)').catch((error: unknown) => Promise.reject(toAegisError(error)));
    });
    await expect(slow).rejects.toMatchObject(UNAVAILABLE);

    const database = new Database(url, 1, silent);
    expect(await database.rows('SHOW statement_timeout', [])).toEqual([{ statement_timeout: '10s' }]);
    const transaction = database.transaction(async (prisma) => {
      await prisma.$executeRaw`SET LOCAL statement_timeout = 20`;
      await prisma.$executeRaw`SELECT pg_sleep(30)`;
    });
    await expect(transaction).rejects.toMatchObject(UNAVAILABLE);
    await database.close();
  });

  it('never opens more connections than allowed', async () => {
    const database = new Database(url, 3, silent);
    const pids = await Promise.all(
      Array.from({ length: 30 }, () =>
        database.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid FROM pg_sleep(0.002)', []),
      ),
    );
    expect(new Set(pids.flat().map(({ pid }) => pid)).size).toBeLessThanOrEqual(3);
    await database.close();
  });

  it('is unavailable when the server has no connection to spare', async () => {
    await withClient(async (client) => {
      await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} CONNECTION LIMIT 1`);
      const database = new Database(url, 2, silent);
      await expect(database.rows('SELECT 1', [])).rejects.toMatchObject(UNAVAILABLE);
      await expect(database.prisma((prisma) => prisma.user.findFirst())).rejects.toMatchObject(UNAVAILABLE);
      await database.close();
    });
  });

  it('keeps a wrong statement apart from trouble that passes', async () => {
    const database = new Database(url, 1, silent);
    await expect(database.rows('SELECT nonsense', [])).rejects.toMatchObject({ code: 'internal' });
    await expect(database.prisma((prisma) => prisma.user.findFirst())).rejects.toMatchObject({ code: 'internal' });
    await database.close();
  });
});
