import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long an orphan may take for each way of asking it to go; a fast shutdown writes one checkpoint. */
const FAST_MS = 15_000;
const IMMEDIATE_MS = 5_000;
const KILLED_MS = 5_000;
const POLL_MS = 10;

/**
 * Makes the cluster free for a server of ours, judging by `postmaster.pid`. A server that outlived its parent is stopped. A file that names an unrelated process (pids come round again) is
 * rewritten to name us, because PostgreSQL takes its parent's pid for stale, but still looks at the shared memory that the file also names, and so notices backends of a killed
 * server that are not gone yet; deleting the file would lose that. The caller must hold the data directory's lock: a server that somebody uses would be stopped as well.
 */
export async function stopOrphan(clusterDir: string, onLog: (line: string) => void): Promise<void> {
  const file = join(clusterDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return;
  }
  const [first = '', ...rest] = text.split('\n');
  const pid = Number.parseInt(first, 10);
  if (!(pid > 0)) {
    // Written to its first line at least, unless the machine went down at that moment; PostgreSQL would refuse to start.
    await rm(file, { force: true });
  } else if (await isServerOf(pid, clusterDir)) {
    onLog(`stopping a PostgreSQL server (pid ${pid}) that an earlier run left behind`);
    await stopServer(pid, clusterDir);
  } else if (isAlive(pid)) {
    await writeFile(file, [String(process.pid), ...rest].join('\n'));
  }
}

/** Asks in three ways, each harsher: fast shutdown, immediate shutdown (recovery at next start), kill. */
async function stopServer(pid: number, clusterDir: string): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', FAST_MS],
    ['SIGQUIT', IMMEDIATE_MS],
    ['SIGKILL', KILLED_MS],
  ] as const) {
    send(pid, signal);
    // Not our child, so there is no event to wait for.
    for (let waited = 0; waited < waitMs; waited += POLL_MS) {
      if (!(await isServerOf(pid, clusterDir))) {
        return;
      }
      await delay(POLL_MS);
    }
  }
  throw new Error(`A PostgreSQL server (pid ${pid}) still uses ${clusterDir} and cannot be stopped.`);
}

/** Whether the pid is a running PostgreSQL server of that cluster: it works in the cluster's directory. Zombies are not. */
async function isServerOf(pid: number, clusterDir: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return stdout.includes(`-D ${clusterDir}`) && /(?:^|\/)postgres\b/.test(stdout);
  }
  const [program = '', ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  if (basename(program) !== 'postgres') {
    return false;
  }
  // Even root may not see another user's working directory without CAP_SYS_PTRACE, which containers lack; arguments are open to all.
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return directory === undefined
    ? args[args.indexOf('-D') + 1] === clusterDir
    : directory === (await realpath(clusterDir));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile; the caller looks again.
  }
}
