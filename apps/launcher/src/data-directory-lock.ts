import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExclusiveFile } from './exclusive-file.ts';

/** The data directory belongs to another process. */
export class DataDirectoryInUse extends Error {}

/** Who has the directory; only to name it, wait for it, or end what its launcher left behind: the locks themselves are the operating system's. */
interface Holder {
  readonly launcherPid: number;
  readonly serverPid: number | undefined;
  readonly isStopping: boolean;
}

/** How long to wait for a process that is about to let go. */
export interface LockPatience {
  /** For a launcher that is stopping, and for a server whose launcher is gone, in ms. */
  readonly waitMs: number;
  /** For a server that had to be killed, in ms. */
  readonly killedMs: number;
}

// Others may pass through but not look around: under root, PostgreSQL runs as another user and must reach its folder. What is inside has narrower rights of its own.
const NEW_DIRECTORY_MODE = 0o711;
const POLL_MS = 100;
const PATIENCE: LockPatience = { waitMs: 15_000, killedMs: 5000 };

/**
 * Keeps a data directory for this launcher and its server. Two locks, because either can outlive the other: the launcher holds `launcher.lock`, and the server holds `server.lock`
 * (hold-server-lock.ts) for as long as it lives.
 */
export class DataDirectoryLock {
  readonly #dataDir: string;
  readonly #lock: ExclusiveFile;
  #holder: Holder = { launcherPid: process.pid, serverPid: undefined, isStopping: false };

  private constructor(dataDir: string, lock: ExclusiveFile) {
    this.#dataDir = dataDir;
    this.#lock = lock;
    this.#writeHolder();
  }

  /**
   * Takes the directory, which is made if need be. Waits for a launcher that is stopping and for a server that drains because its launcher was killed; kills such a server when it hangs.
   * Throws `DataDirectoryInUse` when the directory is in use, and stays so.
   */
  static async take(
    dataDir: string,
    say: (line: string) => void,
    patience: LockPatience = PATIENCE,
  ): Promise<DataDirectoryLock> {
    makeDirectory(dataDir);
    const launcherLock = await takeLauncherLock(dataDir, say, patience);
    try {
      await awaitOrphan(dataDir, say, patience);
      return new DataDirectoryLock(dataDir, launcherLock);
    } catch (error) {
      launcherLock.release();
      throw error;
    }
  }

  /** The path that `hold-server-lock.ts` is to lock. */
  static serverLockPath(dataDir: string): string {
    return join(dataDir, 'server.lock');
  }

  /** Tells later comers what to expect, as well as the disk allows: safe in a signal's handler. */
  note(change: Partial<Omit<Holder, 'launcherPid'>>): void {
    this.#holder = { ...this.#holder, ...change };
    this.#writeHolder();
  }

  release(): void {
    this.#lock.release();
  }

  #writeHolder(): void {
    const path = holderPath(this.#dataDir);
    try {
      writeFileSync(`${path}.new`, JSON.stringify(this.#holder));
      renameSync(`${path}.new`, path);
    } catch {
      // On a full disk later comers know less; that must not end a launcher that runs. But they must not believe what no longer holds: an old pid may be anyone's by now.
      forget(path);
      forget(`${path}.new`);
    }
  }
}

function forget(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Then not even that can be written; the locks hold all the same.
  }
}

/** Makes the directory if need be. One that exists keeps the rights that its owner gave it. */
function makeDirectory(dataDir: string): void {
  const isNew = mkdirSync(dataDir, { recursive: true }) !== undefined;
  // Not as an argument of mkdir, which would apply it to the folders above as well, and less the umask.
  if (isNew) chmodSync(dataDir, NEW_DIRECTORY_MODE);
}

async function takeLauncherLock(
  dataDir: string,
  say: (line: string) => void,
  patience: LockPatience,
): Promise<ExclusiveFile> {
  const path = join(dataDir, 'launcher.lock');
  let hasSaid = false;
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const lock = ExclusiveFile.tryTake(path);
    if (lock !== undefined) return lock;
    const holder = readHolder(dataDir);
    if (holder?.isStopping !== true || waitedMs >= patience.waitMs) throw inUse(dataDir, holder?.launcherPid);
    if (!hasSaid) say(`waiting for process ${holder.launcherPid}, which is stopping, to let go of ${dataDir}`);
    hasSaid = true;
    await delay(POLL_MS);
  }
}

async function awaitOrphan(dataDir: string, say: (line: string) => void, patience: LockPatience): Promise<void> {
  const path = DataDirectoryLock.serverLockPath(dataDir);
  if (isFree(path)) return;
  const pid = readHolder(dataDir)?.serverPid;
  say(`waiting for the server left by an earlier start${pid === undefined ? '' : ` (pid ${pid})`} to finish`);
  if (await becomesFree(path, patience.waitMs)) return;
  // Its launcher is gone, since we have that lock, and it holds the server's lock: it is ours, and it hangs. What it has accepted is on disk.
  if (pid !== undefined) {
    say(`killing the server with pid ${pid}, which does not end`);
    kill(pid);
    if (await becomesFree(path, patience.killedMs)) return;
  }
  throw inUse(dataDir, pid);
}

async function becomesFree(path: string, waitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += POLL_MS) {
    if (isFree(path)) return true;
    await delay(POLL_MS);
  }
  return isFree(path);
}

function isFree(path: string): boolean {
  const lock = ExclusiveFile.tryTake(path);
  lock?.release();
  return lock !== undefined;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended just now.
  }
}

function inUse(dataDir: string, pid: number | undefined): DataDirectoryInUse {
  const who = pid === undefined ? 'another process' : `the process with pid ${pid}`;
  return new DataDirectoryInUse(
    `The data directory ${dataDir} is in use by ${who}. One AegisGuard runs per data directory: stop that one, or set AEGIS_DATA_DIR to another directory.`,
  );
}

function holderPath(dataDir: string): string {
  return join(dataDir, 'lock-holder.json');
}

function readHolder(dataDir: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(holderPath(dataDir), 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'launcherPid' in value &&
    Number.isInteger(value.launcherPid) &&
    'isStopping' in value &&
    (!('serverPid' in value) || Number.isInteger(value.serverPid))
  );
}
