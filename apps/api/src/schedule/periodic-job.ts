import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

/** What is done again and again. */
export interface PeriodicWork {
  readonly name: string;
  /** Before the first run, for what may wait until the start is over; at once without. */
  readonly firstAfterMs?: number;
  /** From the end of one run to the beginning of the next. */
  readonly pauseMs: number;
  run(): Promise<void>;
}

/** Work of the role `scheduler`: run at once, or when it says, then after each pause, never twice at a time. A run that fails is logged, and the next one tries again. */
export class PeriodicJob {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: PeriodicWork,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  /** No run begins any more; waits for one under way, but not longer than `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    const ended = new AbortController();
    const grace = delay(graceMs, undefined, { signal: ended.signal }).catch(() => undefined);
    await Promise.race([this.running, grace]);
    ended.abort();
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    await delay(this.work.firstAfterMs ?? 0, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted) {
      try {
        await this.work.run();
      } catch (error) {
        this.logger.error({ err: error, job: this.work.name }, 'a periodic job failed; it is tried again');
      }
      await delay(this.work.pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
