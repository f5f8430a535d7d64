import { Serial } from './serial.ts';

/** Runs work once things have been quiet for a while. Keeps no process alive. */
export class QuietTimer {
  private readonly quietMs: number;
  private readonly quietMsMax: number;
  private readonly work: () => Promise<void>;
  private readonly working = new Serial();
  private timer: NodeJS.Timeout | undefined;
  /** When the work is done even if it is never quiet; on the monotonic clock. */
  private dueAtMs = 0;
  private stopped = false;

  /** The work is done `quietMs` after the last `start` or `postpone`, but no later than `quietMsMax` after the first `start`. */
  constructor(quietMs: number, quietMsMax: number, work: () => Promise<void>) {
    this.quietMs = quietMs;
    this.quietMsMax = quietMsMax;
    this.work = work;
  }

  /** There is work to do. */
  start(): void {
    if (this.timer === undefined && !this.stopped) {
      this.dueAtMs = performance.now() + this.quietMsMax;
      this.timer = setTimeout(() => this.end(), this.quietMs).unref();
    }
  }

  /** Something happened: if there is work to do, it waits. */
  postpone(): void {
    if (this.timer !== undefined && performance.now() + this.quietMs < this.dueAtMs) {
      this.timer.refresh();
    }
  }

  /** Nothing more is begun; resolves when what was begun is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.working.settled();
  }

  private end(): void {
    this.timer = undefined;
    void this.working.run(this.work).catch(() => undefined);
  }
}
