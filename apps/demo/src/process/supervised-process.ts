import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { restartDelayMs } from '@aegisguard/supervision';
import { isMessage, type SupervisorMessage } from './messages.ts';

/** From SIGTERM to SIGKILL. */
const STOP_MS = 5000;
/** Longer than a busy machine takes to start a process: who has said nothing until then is in the way of whoever waits. */
const PATIENCE_MS = 60_000;
/** Lived for so long, it counts as healthy again: the next end is a first one. */
const STABLE_MS = 60_000;

/** What is started. */
export interface ProcessCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Told first. */
  readonly settings: SupervisorMessage;
}

/**
 * Keeps a process of the shop running until it is stopped: one that ends is started again, with growing pauses. It has a process group of its own, so that the terminal's Ctrl-C reaches
 * only us, and ends by itself when we are gone, since its channel closes (run-process.ts).
 */
export class SupervisedProcess {
  readonly name: string;
  readonly #command: () => ProcessCommand;
  readonly #say: (line: string) => void;
  #child: ChildProcess | undefined;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #restarts = 0;
  #moves = 0;
  #isStopping = false;

  /** `command` is asked at each start. */
  constructor(name: string, command: () => ProcessCommand, say: (line: string) => void) {
    this.name = name;
    this.#command = command;
    this.#say = say;
    this.#start();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when it does its work, has ended, or has not come so far in a minute. */
  get running(): Promise<void> {
    return this.#running;
  }

  /** Nothing when it is just not running. */
  tell(message: SupervisorMessage): void {
    if (this.#child?.connected === true) this.#child.send(message, () => undefined);
  }

  /** Says where others have moved; resolves when it neither asks them where they were nor waits for an answer from there, is just not running, or has said nothing for a minute. */
  async redirect(urls: Readonly<Record<string, string>>): Promise<void> {
    const child = this.#child;
    if (child?.connected !== true) return;
    this.#moves += 1;
    const move = this.#moves;
    const redirected = (message: unknown) => isMessage(message, 'redirected') && message.move === move;
    const heard = told(child, redirected);
    this.tell({ type: 'urls', urls, move });
    await heard;
  }

  /** Starts it anew, because its command has changed; the one before goes when the new one works and what `whenRunning` does is done. */
  async renew(whenRunning: () => Promise<void>): Promise<void> {
    if (this.#isStopping) return;
    clearTimeout(this.#timer);
    const before = this.#child;
    this.#start();
    await this.#running;
    await whenRunning();
    await end(before);
  }

  /** Stops for good; resolves when the process has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    await end(child);
  }

  #start(): void {
    const { args, env, settings } = this.#command();
    const startedMs = performance.now();
    const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#child = child;
    if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => this.#say(`${this.name}: ${line}`));
    child.on('error', () => undefined);
    child.send(settings, () => undefined);
    this.#running = told(child, (message) => isMessage(message, 'running'));
    child.once('exit', (code, signal) => {
      // Another has taken its place, or is about to.
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#restarts = performance.now() - startedMs > STABLE_MS ? 1 : this.#restarts + 1;
      const pauseMs = restartDelayMs(this.#restarts);
      this.#say(`${this.name} ended (${signal ?? `exit code ${code}`}); starting it again in ${pauseMs} ms`);
      this.#timer = setTimeout(() => this.#start(), pauseMs);
    });
  }
}

/** Resolves when a process says so, has ended, or has said nothing of it for too long. */
async function told(child: ChildProcess, isIt: (message: unknown) => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const give = () => resolve();
  const hear = (message: unknown) => {
    if (isIt(message)) give();
  };
  const timer = setTimeout(give, PATIENCE_MS);
  child.on('message', hear).once('exit', give);
  await promise;
  clearTimeout(timer);
  child.off('message', hear).off('exit', give);
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
