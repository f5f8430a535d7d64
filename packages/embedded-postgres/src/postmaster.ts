import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerPrograms } from './server-programs.ts';
import { serverArguments } from './server-settings.ts';

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Recovery after a crash replays at most max_wal_size, so this is far beyond any honest start. */
const READY_MS = 120_000;
/** For `stop`: how long a fast and then an immediate shutdown may take before the next step. */
const FAST_MS = 20_000;
const IMMEDIATE_MS = 5_000;
const TAIL_LINES_MAX = 20;

/** A server that did not come up, with the last lines that it wrote. */
export class StartFailure extends Error {
  readonly log: string;

  constructor(exit: ProcessExit | undefined, log: string) {
    const end = exit
      ? `it ended with ${exit.signal ?? `exit code ${exit.code}`}`
      : `it was not ready in ${READY_MS} ms`;
    super(`The embedded PostgreSQL server did not start: ${end}.\n${log}`);
    this.name = 'StartFailure';
    this.log = log;
  }
}

/** One running server process. */
export class Postmaster {
  readonly pid: number;
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;
  #stopping: Promise<void> | undefined;

  constructor(child: ChildProcess, pid: number, exited: Promise<ProcessExit>) {
    this.#child = child;
    this.pid = pid;
    this.exited = exited;
  }

  /** Fast shutdown: open transactions are rolled back, everything is written, the process ends. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const harsher = [
      setTimeout(() => this.#child.kill('SIGQUIT'), FAST_MS),
      setTimeout(() => this.#child.kill('SIGKILL'), FAST_MS + IMMEDIATE_MS),
    ];
    this.#child.kill('SIGINT');
    await this.exited;
    for (const timer of harsher) {
      clearTimeout(timer);
    }
  }
}

/** Starts a server and waits until it takes connections; throws a `StartFailure`. */
export async function startPostmaster(
  programs: ServerPrograms,
  clusterDir: string,
  port: number,
  onLog: (line: string) => void,
): Promise<Postmaster> {
  const child = programs.start('postgres', serverArguments(clusterDir, port), { detached: true });
  const tail: string[] = [];
  const failure = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
  });
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<'ready'>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on('line', (line) => {
          tail.push(line);
          tail.splice(0, tail.length - TAIL_LINES_MAX);
          onLog(line);
          if (line.endsWith('database system is ready to accept connections')) {
            resolve('ready');
          }
        });
      }
    }
  });
  // Not `exited`: the last lines, which say why, may come after it.
  const closed = new Promise<ProcessExit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const timer = new AbortController();
  const late = delay(READY_MS, undefined, { signal: timer.signal }).catch(() => undefined);
  const outcome = await Promise.race([ready, closed, late, failure]).finally(() => timer.abort());
  if (outcome === 'ready' && child.pid !== undefined) {
    return new Postmaster(child, child.pid, exited);
  }
  child.kill('SIGKILL');
  throw new StartFailure(outcome === 'ready' ? undefined : outcome, tail.join('\n'));
}
