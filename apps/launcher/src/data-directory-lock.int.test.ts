import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirectoryInUse, DataDirectoryLock, type LockPatience } from './data-directory-lock.ts';

const PATIENCE: LockPatience = { waitMs: 1000, killedMs: 10_000 };

let folder = '';
let dataDir = '';
let others: ChildProcess[] = [];
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aegis-lock-'));
  dataDir = folder;
  said = [];
});
afterEach(async () => {
  for (const other of others) await kill(other);
  others = [];
  rmSync(folder, { recursive: true, force: true });
});

const take = (patience = PATIENCE) => DataDirectoryLock.take(dataDir, (line) => said.push(line), patience);

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Starts a process and waits for its first word. */
async function other(...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  others.push(child);
  await once(child, 'message');
  return child;
}

/** A process that holds the directory as a launcher does. */
function launcher(afterwards: string): Promise<ChildProcess> {
  const path = join(dataDir, 'launcher.mjs');
  const source = new URL('./data-directory-lock.ts', import.meta.url).href;
  writeFileSync(
    path,
    `import { DataDirectoryLock } from ${JSON.stringify(source)};
     const lock = await DataDirectoryLock.take(${JSON.stringify(dataDir)}, console.error);
     ${afterwards};
     setInterval(() => lock, 1000);
     process.send('ready');`,
  );
  return other(path);
}

/** A process that holds the directory as a server does. */
function server(script: string): Promise<ChildProcess> {
  const path = join(dataDir, 'server.mjs');
  writeFileSync(path, `${script}; setInterval(() => {}, 1000); process.send('ready');`);
  const holdLock = new URL('./hold-server-lock.ts', import.meta.url);
  holdLock.searchParams.set('path', DataDirectoryLock.serverLockPath(dataDir));
  return other('--import', holdLock.href, path);
}

describe('DataDirectoryLock', () => {
  it('makes the directory, and can be taken again once released', async () => {
    dataDir = join(dataDir, 'deep', 'er');
    (await take()).release();
    (await take()).release();
    expect(said).toEqual([]);
  });

  it('makes a directory that others can pass through, and does not widen one that exists', async () => {
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    chmodSync(dataDir, 0o700);
    (await take()).release();
    expect(modeOf(dataDir)).toBe('700');
    const parent = join(dataDir, 'parent');
    dataDir = join(parent, 'made');
    (await take()).release();
    expect(modeOf(dataDir)).toBe('711');
    mkdirSync(join(parent, 'other'));
    expect(modeOf(parent)).toBe(modeOf(join(parent, 'other')));
  });

  it('goes on where nothing can be noted, and leaves nothing that no longer holds', async () => {
    const holder = join(dataDir, 'lock-holder.json');
    const lock = await take();
    lock.note({ serverPid: 4_194_303 });
    expect(existsSync(holder)).toBe(true);
    // Stands in for a disk that takes no writes, which would need a file system of its own.
    mkdirSync(`${holder}.new`);
    lock.note({ isStopping: true });
    expect(existsSync(holder)).toBe(false);
    rmdirSync(`${holder}.new`);
    lock.note({});
    expect(JSON.parse(readFileSync(holder, 'utf8'))).toMatchObject({ serverPid: 4_194_303, isStopping: true });
    lock.release();
  });

  it('refuses a second launcher at once, naming the directory and the process', async () => {
    const holder = await launcher('');
    const startedMs = performance.now();
    const refusal = await take({ ...PATIENCE, waitMs: 60_000 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataDirectoryInUse);
    expect(String(refusal)).toContain(`${dataDir} is in use by the process with pid ${holder.pid}`);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  it('is free the moment its holder is killed', async () => {
    await kill(await launcher(''));
    (await take()).release();
    expect(said).toEqual([]);
  });

  it('waits for a launcher that is stopping', async () => {
    const holder = await launcher('lock.note({ isStopping: true }); process.on("message", () => process.exit())');
    const taken = take({ ...PATIENCE, waitMs: 60_000 });
    await expect
      .poll(() => said)
      .toEqual([`waiting for process ${holder.pid}, which is stopping, to let go of ${dataDir}`]);
    holder.send('end');
    (await taken).release();
  });

  it('gives up on a launcher that does not stop', async () => {
    await launcher('lock.note({ isStopping: true })');
    await expect(take()).rejects.toThrow(DataDirectoryInUse);
  });

  it('waits for a server that drains after its launcher was killed', async () => {
    const draining = await server('process.on("message", () => process.exit())');
    const taken = take({ ...PATIENCE, waitMs: 60_000 });
    await expect.poll(() => said).toEqual(['waiting for the server left by an earlier start to finish']);
    draining.send('end');
    (await taken).release();
  });

  it('kills a server that hangs after its launcher was killed', async () => {
    const holder = await launcher(
      'process.on("message", (serverPid) => process.send(lock.note({ serverPid }) ?? "noted"))',
    );
    const hanging = await server('');
    const noted = once(holder, 'message');
    holder.send(hanging.pid ?? 0);
    await noted;
    await kill(holder);
    const ended = once(hanging, 'exit');
    (await take()).release();
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(said).toEqual([
      `waiting for the server left by an earlier start (pid ${hanging.pid}) to finish`,
      `killing the server with pid ${hanging.pid}, which does not end`,
    ]);
  });

  it('does not let a second server in', async () => {
    await server('');
    const second = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--import',
        `${new URL('./hold-server-lock.ts', import.meta.url).href}?path=${encodeURIComponent(DataDirectoryLock.serverLockPath(dataDir))}`,
        '--eval',
        '',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let text = '';
    second.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const [code] = await once(second, 'close');
    expect(code).not.toBe(0);
    expect(text).toContain('is held by another server');
  });

  it('lets the worker threads of a server be', async () => {
    await server(`
      import { Worker } from 'node:worker_threads';
      import { once } from 'node:events';
      await once(new Worker('', { eval: true }), 'exit')`);
  });
});
