import { type ChildProcess, spawn } from 'node:child_process';
import { EXIT_CONFIG, HEARTBEAT_INTERVAL_MS, type ReadyReport, type ServerReport } from '@aegisguard/model';
import { restartDelayMs } from '@aegisguard/supervision';

/** A program and how to start it. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How patient the supervisor is, all in ms. */
export interface SupervisorPatience {
  /** Between two looks at the child. */
  readonly tickMs: number;
  /** Without any report before it is ready. */
  readonly startSilenceMs: number;
  /** Without a heartbeat once it is ready. */
  readonly silenceMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly drainMs: number;
  /** Ready for so long, it counts as healthy again: the next crash is a first one. */
  readonly stableMs: number;
}

/** What the product uses: contract §6 gives the launcher 30 s to stop; one silence is longer than any pause of a healthy main thread. */
export const PATIENCE: SupervisorPatience = {
  tickMs: HEARTBEAT_INTERVAL_MS,
  startSilenceMs: 120_000,
  silenceMs: 15_000,
  drainMs: 25_000,
  stableMs: 60_000,
};

/** What happens to the child, for those who tell the user. */
export type SupervisorEvent =
  | { readonly type: 'spawned'; readonly pid: number }
  | { readonly type: 'step'; readonly step: string }
  | ReadyReport
  | { readonly type: 'silent'; readonly seconds: number }
  | { readonly type: 'drain-timeout' }
  | { readonly type: 'crashed'; readonly how: string; readonly restartInMs: number };

/**
 * Keeps one child process running: restarts it when it ends or falls silent, with growing pauses. The child tells how it is over IPC (`ServerReport`). It gets a process group of its
 * own, so that the terminal's Ctrl-C reaches only us and that we can kill whatever it has started.
 */
export class Supervisor {
  readonly #command: () => ServerCommand;
  readonly #patience: SupervisorPatience;
  readonly #onEvent: (event: SupervisorEvent) => void;
  readonly #end = Promise.withResolvers<number>();
  #child: ChildProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #restarts = 0;
  #isStopping = false;
  #isRenewing = false;

  /** `command` is asked at each start. */
  constructor(
    command: () => ServerCommand,
    onEvent: (event: SupervisorEvent) => void,
    patience: SupervisorPatience = PATIENCE,
  ) {
    this.#command = command;
    this.#onEvent = onEvent;
    this.#patience = patience;
  }

  /** Resolves when no child runs and none will: 0 after `stop`, or the child's exit code 78 (configuration), after which a restart makes no sense. */
  get ended(): Promise<number> {
    return this.#end.promise;
  }

  start(): void {
    const { command, args, env } = this.#command();
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    const watch = new Watch(this.#patience, (seconds) => {
      this.#onEvent({ type: 'silent', seconds });
      killGroup(child);
    });
    child.on('message', (message) => {
      if (!isServerReport(message)) return;
      watch.heard(message);
      if (message.type === 'starting') this.#onEvent({ type: 'step', step: message.step });
      if (message.type === 'ready') this.#onEvent(message);
    });
    // Without this listener a failed spawn, or a message to a dead child, would end us.
    child.on('error', (error) => {
      if (child.pid === undefined) this.#ended(watch, `could not be started: ${error.message}`, undefined);
    });
    child.once('exit', (code, signal) => {
      killGroup(child);
      this.#ended(watch, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`, code);
    });
    if (child.pid !== undefined) this.#onEvent({ type: 'spawned', pid: child.pid });
  }

  /** Stops for good: the child drains, and is killed when that takes too long. Calling it again makes it short. */
  stop(): void {
    const child = this.#child;
    if (child === undefined) {
      clearTimeout(this.#restartTimer);
      this.#end.resolve(0);
    } else if (this.#isStopping) {
      killGroup(child);
    } else {
      this.#drain(child);
    }
    this.#isStopping = true;
  }

  /** Lets the child drain and starts another at once, because its command has changed. */
  renew(): void {
    if (this.#child === undefined || this.#isStopping || this.#isRenewing) return;
    this.#isRenewing = true;
    this.#drain(this.#child);
  }

  #drain(child: ChildProcess): void {
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.#onEvent({ type: 'drain-timeout' });
      killGroup(child);
    }, this.#patience.drainMs);
    child.once('exit', () => clearTimeout(timer));
  }

  #ended(watch: Watch, how: string, code: number | null | undefined): void {
    watch.close();
    this.#child = undefined;
    if (this.#isStopping) {
      this.#end.resolve(0);
      return;
    }
    if (code === EXIT_CONFIG) {
      this.#end.resolve(EXIT_CONFIG);
      return;
    }
    if (this.#isRenewing) {
      this.#isRenewing = false;
      this.start();
      return;
    }
    this.#restarts = watch.wasStable ? 1 : this.#restarts + 1;
    const restartInMs = restartDelayMs(this.#restarts);
    this.#onEvent({ type: 'crashed', how, restartInMs });
    this.#restartTimer = setTimeout(() => this.start(), restartInMs);
  }
}

/**
 * Watches one child for silence. It counts its own ticks rather than reading a clock, so that a launcher which was itself stopped (SIGSTOP, a sleeping laptop) does not take its own
 * absence for the child's.
 */
class Watch {
  readonly #timer: NodeJS.Timeout;
  readonly #patience: SupervisorPatience;
  #silentTicks = 0;
  #readyTicks = 0;
  #isReady = false;

  constructor(patience: SupervisorPatience, onSilent: (seconds: number) => void) {
    this.#patience = patience;
    this.#timer = setInterval(() => {
      this.#silentTicks++;
      if (this.#isReady) this.#readyTicks++;
      const silenceMs = this.#isReady ? patience.silenceMs : patience.startSilenceMs;
      if (this.#silentTicks * patience.tickMs >= silenceMs) onSilent(Math.round(silenceMs / 1000));
    }, patience.tickMs);
  }

  heard(report: ServerReport): void {
    this.#silentTicks = 0;
    if (report.type === 'ready') this.#isReady = true;
  }

  get wasStable(): boolean {
    return this.#readyTicks * this.#patience.tickMs >= this.#patience.stableMs;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

function isServerReport(message: unknown): message is ServerReport {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'starting') return 'step' in message && typeof message.step === 'string';
  return message.type === 'ready' || message.type === 'heartbeat';
}
