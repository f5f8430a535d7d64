import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findNativePackage, readNativePackage } from './native-package.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';

const run = promisify(execFile);

let template: string;
let root: string;
let dataDir: string;
let started: EmbeddedPostgres[];

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'aegis-embedded-postgres-template-'));
  await (await startEmbeddedPostgres({ dataDir: join(template, 'postgres') })).stop();
});

afterAll(async () => {
  await rm(template, { recursive: true, force: true });
});

/** What a first start leaves behind, without the time that making it takes. */
async function leaveCluster(): Promise<void> {
  await run('cp', ['-a', join(template, 'postgres'), dataDir]);
}

beforeEach(async () => {
  // mkdtemp makes it 0700: for root this is the case of a checkout below a private home.
  root = await mkdtemp(join(tmpdir(), 'aegis-embedded-postgres-'));
  dataDir = join(root, 'postgres');
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map((server) => server.stop()));
  await rm(root, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...options });
  started.push(server);
  return server;
}

async function query<Row>(server: EmbeddedPostgres, sql: string): Promise<Row[]> {
  const client = new Client(server.url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Processes that work in the cluster's directory: its server and everything that the server started. */
async function processesOf(clusterDir: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const directories = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_pid, index) => directories[index] === clusterDir);
}

describe('a first and a second start', () => {
  it('make the cluster once, keep what was written and leave no process behind', async () => {
    const first = await start();
    await query(first, "CREATE TABLE kept AS SELECT 'text' AS word");
    expect(await processesOf(join(dataDir, 'cluster'))).toContain(String(first.pid));
    await first.stop();
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(await processesOf(join(dataDir, 'cluster'))).toEqual([]);

    const madeMs = async () => (await stat(join(dataDir, 'cluster', 'PG_VERSION'))).mtimeMs;
    const before = await madeMs();
    const second = await start();
    expect(await madeMs()).toBe(before);
    expect(await query(second, 'SELECT word FROM kept')).toEqual([{ word: 'text' }]);
  });

  it('are durable, private, and give the application no superuser', async () => {
    const server = await start();
    const [facts] = await query(
      server,
      `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages, current_setting('synchronous_commit') AS sync,
              current_setting('server_encoding') AS encoding, rolsuper AS super FROM pg_roles WHERE rolname = current_user`,
    );
    expect(facts).toEqual({ fsync: 'on', pages: 'on', sync: 'on', encoding: 'UTF8', super: false });
    await expect(query(server, "SELECT pg_read_file('/etc/passwd')")).rejects.toThrow(/permission denied/);

    const cluster = await stat(join(dataDir, 'cluster'));
    expect(cluster.mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
    const owner = (await stat(`/proc/${server.pid}`)).uid;
    expect(owner).toBe(cluster.uid);
    expect(owner).not.toBe(0);
  });

  it('clear away one that was killed half way', async () => {
    await mkdir(join(dataDir, 'new-cluster-1', 'base'), { recursive: true });
    await start();
    expect((await readdir(dataDir)).filter((name) => name.startsWith('new-cluster-'))).toEqual([]);
  });

  it('take nobody else: no other role, no other password', async () => {
    await leaveCluster();
    const server = await start();
    const wrongPassword = { ...server, url: server.url.replace(/:[0-9a-f]+@/, ':wrong@') };
    await expect(query(wrongPassword, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    const superuser = { ...server, url: server.url.replace('//aegisguard:', '//postgres:') };
    await expect(query(superuser, 'SELECT 1')).rejects.toThrow(/no pg_hba.conf entry/);
  });
});

describe('what an earlier run left behind', () => {
  beforeEach(leaveCluster);

  it('survives a kill of the server while it writes: every acknowledged row is there', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE written (n int PRIMARY KEY)');
    const writer = new Client(first.url);
    writer.on('error', () => undefined);
    await writer.connect();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await writer.query('INSERT INTO written VALUES ($1)', [acknowledged + 1]);
        acknowledged += 1;
        if (acknowledged === 200) {
          process.kill(first.pid, 'SIGKILL');
        }
      }
    })();
    await expect(writing).rejects.toThrow();
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });

    const second = await start();
    // Clients that try again find it where it was.
    expect(second.url).toBe(first.url);
    const [row] = await query<{ count: number; max: number }>(second, 'SELECT count(*)::int, max(n) FROM written');
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    // One more may have been written than we heard of.
    expect(row?.count).toBeGreaterThanOrEqual(acknowledged);
    expect(row?.max).toBe(row?.count);
  });

  it('stops a server that outlived its parent and takes over', async () => {
    const orphan = await start();
    await query(orphan, 'CREATE TABLE kept AS SELECT 1 AS one');
    const lines: string[] = [];
    const next = await start({ onLog: (line) => lines.push(line) });
    expect(await orphan.exited).toEqual({ code: 0, signal: null });
    expect(lines[0]).toContain(`pid ${orphan.pid}`);
    expect(await query(next, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  });

  it('starts over a stale pid file that names an unrelated, living process of the same user', async () => {
    const first = await start();
    const file = join(dataDir, 'cluster', 'postmaster.pid');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const { uid, gid } = await stat(join(dataDir, 'cluster'));
    const unrelated = spawn('sleep', ['300'], process.getuid?.() === 0 ? { uid, gid } : {});
    try {
      const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
      await writeFile(file, [String(unrelated.pid), ...rest].join('\n'));
      const second = await start();
      expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(unrelated.exitCode).toBeNull();
    } finally {
      unrelated.kill('SIGKILL');
    }
  });

  it('takes another port when the last one is taken', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(Number(new URL(first.url).port), '127.0.0.1', resolve));
    try {
      const second = await start();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await new Promise((resolve) => squatter.close(resolve));
    }
  });

  it('starts over an empty pid file', async () => {
    await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), '');
    expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('sets a new password when the file with it is gone', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept AS SELECT 1 AS one');
    await first.stop();
    await rm(join(dataDir, 'password'));
    const second = await start();
    expect(second.url.split('@')[0]).not.toBe(first.url.split('@')[0]);
    expect(await query(second, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  });

  it('refuses a cluster of another major version and says what to do', async () => {
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 17, the installed one is 18/);
  });
});

describe('when this process is killed', () => {
  it('the server ends as well', async () => {
    await leaveCluster();
    const module = new URL('./start-embedded-postgres.ts', import.meta.url).href;
    const program = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(server.pid);
      setInterval(() => undefined, 60_000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await new Promise<string[]>((resolve, reject) => {
      createInterface({ input: parent.stdout }).once('line', (line) => resolve([line]));
      parent.once('exit', (code) => reject(new Error(`the parent ended with ${code}`)));
    });
    // Not in the terminal's process group: field 5 of stat (proc(5)) is the group.
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
    expect(fields[2]).toBe(pid);
    parent.kill('SIGKILL');
    // The next start waits for it when it has not ended yet, so no time is involved: it must find the cluster cleanly shut down.
    const lines: string[] = [];
    await start({ onLog: (line) => lines.push(line) });
    expect(lines.join('\n')).toContain('database system was shut down at');
    expect(lines.join('\n')).not.toContain('was interrupted');
  });
});

describe('places that are hard to reach', () => {
  it('works in a directory deeper than a socket path may be long', async () => {
    dataDir = join(root, ...Array.from({ length: 12 }, (_, index) => `directory-number-${index}`));
    expect(dataDir.length).toBeGreaterThan(200);
    expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('works from a private checkout whose install scripts were blocked, and writes nothing there', async () => {
    const installed = dirname((await findNativePackage()).nativeDir);
    const copy = join(root, 'node_modules', 'package');
    await cp(installed, copy, { recursive: true, filter: async (path) => !(await isLink(path)) });
    const before = await readdir(join(copy, 'native', 'lib'));
    const server = await start({ nativePackage: await readNativePackage(copy) });
    expect(await query(server, "SELECT 'é' < 'z' COLLATE \"und-x-icu\" AS sorted")).toEqual([{ sorted: true }]);
    expect(await readlink(`/proc/${server.pid}/exe`)).toBe(join(copy, 'native', 'bin', 'postgres'));
    expect(await readdir(join(copy, 'native', 'lib'))).toEqual(before);
    await server.stop();
    expect(await query(await start({ nativePackage: await readNativePackage(copy) }), 'SELECT 1 AS one')).toHaveLength(
      1,
    );
  });

  it('works where even the files of the checkout are private', async () => {
    const installed = dirname((await findNativePackage()).nativeDir);
    const copy = join(root, 'package');
    await cp(installed, copy, { recursive: true });
    await Promise.all(['postgres', 'initdb'].map((name) => chmod(join(copy, 'native', 'bin', name), 0o700)));
    const server = await start({ nativePackage: await readNativePackage(copy) });
    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

async function isLink(path: string): Promise<boolean> {
  return readlink(path).then(
    () => true,
    () => false,
  );
}
