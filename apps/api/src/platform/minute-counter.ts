import type { Logger } from 'pino';

const MINUTE_MS = 60_000;
const FLUSH_MS = 5000;
/** Different counts that may wait. */
const WAITING_MAX = 50_000;

/** What is counted. */
export interface CountKind<Count extends { readonly minuteMs: number }> {
  /** For the log: `ingest counts`. */
  readonly what: string;
  /** What tells it from counts of the same minute. */
  nameOf(count: Count): string;
  sum(one: Count, other: Count): Count;
  store(counts: readonly Count[]): Promise<void>;
}

/** Adds up what happened per minute, and hands it to the store now and then. What a crash cuts off is lost. */
export class MinuteCounter<Count extends { readonly minuteMs: number }> {
  private waiting = new Map<string, Count>();
  private flushing: Promise<void> | undefined;
  private dropped = 0;
  private failing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly kind: CountKind<Count>,
    private readonly logger: Logger,
    private readonly nowMs: () => number,
    private readonly waitingMax: number = WAITING_MAX,
  ) {}

  /** Flushes every few seconds from now on. */
  start(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  /** The beginning of the minute that it is. */
  minuteNow(): number {
    return Math.floor(this.nowMs() / MINUTE_MS) * MINUTE_MS;
  }

  merge(count: Count): void {
    const name = `${count.minuteMs} ${this.kind.nameOf(count)}`;
    const known = this.waiting.get(name);
    if (known === undefined && this.waiting.size >= this.waitingMax) {
      this.drop();
      return;
    }
    this.waiting.set(name, known === undefined ? count : this.kind.sum(known, count));
  }

  /** Hands over what waits; after a failure it waits for the next time. Resolves when it is done, whatever became of it. */
  flush(): Promise<void> {
    this.flushing ??= this.handOver().finally(() => {
      this.flushing = undefined;
    });
    return this.flushing;
  }

  /** Stops, and hands over what is left, after a flush under way. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }

  private async handOver(): Promise<void> {
    const counts = [...this.waiting.values()];
    this.waiting = new Map();
    if (counts.length === 0) {
      return;
    }
    try {
      await this.kind.store(counts);
      this.failing = false;
    } catch (error) {
      if (!this.failing) {
        this.logger.warn({ err: error, counts: counts.length }, `${this.kind.what} could not be stored; they wait`);
      }
      this.failing = true;
      for (const count of counts) {
        this.merge(count);
      }
    }
  }

  private drop(): void {
    if (this.dropped === 0) {
      this.logger.error(
        { waiting: this.waiting.size },
        `too many ${this.kind.what} wait to be stored; further ones are lost`,
      );
    }
    this.dropped += 1;
  }
}
