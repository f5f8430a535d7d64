import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { migrateAccounts } from './migrate-accounts.ts';
import { type Migration, readMigrations } from './migration-files.ts';

const run = promisify(execFile);
const migration = (name: string, sql: string, checksum = name): Migration => ({ name, sql, checksum });
const one = migration('0001_one', 'CREATE TABLE one (n int)');
const two = migration('0002_two', 'CREATE TABLE two (n int)');
const three = migration('0003_three', 'CREATE TABLE three (n int)');

let url: string;

beforeEach(async () => {
  url = await createDatabase();
});

afterAll(closeDatabases);

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function tables(): Promise<unknown[]> {
  const rows = await query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  return rows.map((row) => row.name);
}

describe('migrateAccounts', () => {
  it('applies what is missing, in order, once', async () => {
    expect(await migrateAccounts(url, { migrations: [one] })).toEqual(['0001_one']);
    expect(await migrateAccounts(url, { migrations: [one, two, three] })).toEqual(['0002_two', '0003_three']);
    expect(await migrateAccounts(url, { migrations: [one, two, three] })).toEqual([]);
    expect(await tables()).toEqual(['_prisma_migrations', 'one', 'three', 'two']);
  });

  it("keeps Prisma's history, with the SHA-256 of each file", async () => {
    const names = (await readMigrations()).map(({ name }) => name);
    expect(await migrateAccounts(url)).toEqual(names);
    const rows = await query(
      'SELECT migration_name, checksum, finished_at >= started_at AS finished, rolled_back_at, applied_steps_count FROM _prisma_migrations ORDER BY 1',
    );
    expect(rows.map((row) => row.migration_name)).toEqual(names);
    const { stdout } = await run('sha256sum', [`prisma/migrations/${names[0]}/migration.sql`], {
      cwd: new URL('..', import.meta.url),
    });
    expect(rows[0]).toMatchObject({
      checksum: stdout.split(' ')[0],
      finished: true,
      rolled_back_at: null,
      applied_steps_count: 1,
    });
  });

  it('runs each migration once when several processes start together', async () => {
    const module = new URL('./migrate-accounts.ts', import.meta.url).href;
    const program = `
      const { migrateAccounts } = await import(${JSON.stringify(module)});
      console.log(JSON.stringify(await migrateAccounts(${JSON.stringify(url)})));`;
    const args = ['--conditions=@aegisguard/source', '--input-type=module', '-e', program];
    const runs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)));
    const applied = runs.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(applied.sort()).toEqual((await readMigrations()).map(({ name }) => name));
  });

  it('runs each migration once when many connections start together', async () => {
    const migrations = Array.from({ length: 12 }, (_, index) =>
      migration(`00${10 + index}_step`, `CREATE TABLE step_${index} AS SELECT 1 AS n; SELECT pg_sleep(0.005)`),
    );
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrateAccounts(url, { migrations })));
    expect(runs.flat().sort()).toEqual(migrations.map(({ name }) => name));
  });

  it('leaves nothing of a migration that fails, and keeps those before it', async () => {
    const broken = migration('0002_broken', 'CREATE TABLE half (n int); SELECT 1 / 0; CREATE TABLE rest (n int)');
    await expect(migrateAccounts(url, { migrations: [one, broken] })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('division by zero'),
    });
    expect(await tables()).toEqual(['_prisma_migrations', 'one']);
    expect(await migrateAccounts(url, { migrations: [one, two] })).toEqual(['0002_two']);
  });

  it('takes a database that is ahead, with a warning', async () => {
    await migrateAccounts(url, { migrations: [one, two, three] });
    const warnings: unknown[] = [];
    const logger = { info: () => undefined, warn: (fields: object) => warnings.push(fields) };
    expect(await migrateAccounts(url, { migrations: [one], logger })).toEqual([]);
    expect(warnings).toEqual([{ migrations: ['0002_two', '0003_three'] }]);
  });

  it.each([
    ['another text', [one, { ...two, checksum: 'other' }], /0002_two was applied with another text/],
    ['one of ours missing before it', [one, migration('0001_x', ''), two], /0002_two was applied without 0001_x/],
    [
      'a branch',
      [one, migration('0002_zwei', ''), migration('0003_drei', '')],
      /0002_two was applied without 0002_zwei/,
    ],
  ])('refuses a history with %s', async (_name, migrations, message) => {
    await migrateAccounts(url, { migrations: [one, two] });
    const before = await tables();
    await expect(migrateAccounts(url, { migrations })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(message),
    });
    expect(await tables()).toEqual(before);
  });

  it('refuses a history with a step in the middle that we do not have', async () => {
    await migrateAccounts(url, { migrations: [one, two, three] });
    await expect(migrateAccounts(url, { migrations: [one, three] })).rejects.toThrow(
      /0002_two was applied and this version does not have it/,
    );
  });

  it("refuses what Prisma's tools left half done, and ignores what they rolled back", async () => {
    await migrateAccounts(url, { migrations: [one] });
    await query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '0002_two')");
    await expect(migrateAccounts(url, { migrations: [one, two] })).rejects.toThrow(
      /0002_two was begun by another tool/,
    );
    await query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'");
    expect(await migrateAccounts(url, { migrations: [one, two] })).toEqual(['0002_two']);
  });

  it('is unavailable when there is no server', async () => {
    await expect(migrateAccounts('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
