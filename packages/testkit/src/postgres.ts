import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@aegisguard/embedded-postgres';
import { Client } from 'pg';
import { copyTemplate } from './template.ts';

interface DatabaseServer {
  /** Of a role that may create databases. */
  readonly url: string;
  close(databases: readonly string[]): Promise<void>;
}

const DIRECTORY_PREFIX = 'aegis-test-postgres-';

let server: Promise<DatabaseServer> | undefined;
const created: string[] = [];

/**
 * Makes an empty database and returns its URL. The first call starts an embedded PostgreSQL for this test worker, or, when AEGIS_TEST_DATABASE_URL names a server (with an ordinary role that
 * may create databases, no superuser), takes that. A file that calls it must call `closeDatabases` in `afterAll`.
 */
export async function createDatabase(): Promise<string> {
  server ??= openServer();
  const { url } = await server;
  const name = `aegis_test_${randomBytes(8).toString('hex')}`;
  await runSql(url, `CREATE DATABASE ${name}`);
  created.push(name);
  const database = new URL(url);
  database.pathname = `/${name}`;
  return database.href;
}

/** Forgets what `createDatabase` made: drops the databases of a given server, removes our own server with all of them. */
export async function closeDatabases(): Promise<void> {
  const open = await server;
  server = undefined;
  await open?.close(created.splice(0));
}

async function openServer(): Promise<DatabaseServer> {
  const given = process.env.AEGIS_TEST_DATABASE_URL;
  if (given) {
    const drop = async (databases: readonly string[]) => {
      for (const name of databases) {
        await runSql(given, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    };
    return { url: given, close: drop };
  }
  await removeLeftDirectories();
  const directory = await mkdtemp(join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  const dataDir = join(directory, 'postgres');
  // Making a cluster takes more than a second of a processor, a copy a tenth of it.
  await copyTemplate('postgres', dataDir, async (directory) => {
    await (await startEmbeddedPostgres({ dataDir: directory })).stop();
    await rm(join(directory, 'port'));
  });
  const embedded = await startEmbeddedPostgres({ dataDir });
  return {
    url: embedded.url,
    close: async () => {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A worker that was killed could not remove its directory; its server ended with it. Another worker may be removing it, too: what one of them does not get, the next start does. */
async function removeLeftDirectories(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${DIRECTORY_PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) {
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Runs one statement on a database and gives its rows: what only an intruder or an operator does. */
export async function runSql(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
