import type { IngestCount, IngestCountStore } from '@aegisguard/model';
import type { Logger } from 'pino';

const MINUTE_MS = 60_000;
const FLUSH_MS = 5000;
/** Different counts that may wait; with one key and outcome a minute this is hours of a store that is away. */
const WAITING_MAX = 50_000;

/** What happened: a count without its minute. */
export type CountedEvent = Omit<IngestCount, 'minuteMs'>;

/** Adds up what came in and what was refused, and why, and hands it to the store now and then. What a crash cuts off is lost. */
export class IngestCounter {
  private waiting = new Map<string, IngestCount>();
  private flushing: Promise<void> | undefined;
  private dropped = 0;
  private failing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: IngestCountStore,
    private readonly logger: Logger,
    private readonly nowMs: () => number,
    private readonly waitingMax: number = WAITING_MAX,
  ) {}

  /** Flushes every few seconds from now on. */
  start(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  add(event: CountedEvent): void {
    this.merge({ ...event, minuteMs: Math.floor(this.nowMs() / MINUTE_MS) * MINUTE_MS });
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
      await this.store.addIngestCounts(counts);
      this.failing = false;
    } catch (error) {
      if (!this.failing) {
        this.logger.warn({ err: error, counts: counts.length }, 'ingest counts could not be stored; they wait');
      }
      this.failing = true;
      for (const count of counts) {
        this.merge(count);
      }
    }
  }

  private merge(count: IngestCount): void {
    const { orgId, minuteMs, signal, protocol, keyId, outcome } = count;
    const name = `${orgId} ${minuteMs} ${signal} ${protocol} ${keyId} ${outcome}`;
    const known = this.waiting.get(name);
    if (known === undefined && this.waiting.size >= this.waitingMax) {
      this.drop();
      return;
    }
    this.waiting.set(name, {
      ...count,
      requests: count.requests + (known?.requests ?? 0),
      records: count.records + (known?.records ?? 0),
      bytes: count.bytes + (known?.bytes ?? 0),
    });
  }

  private drop(): void {
    if (this.dropped === 0) {
      this.logger.error(
        { waiting: this.waiting.size },
        'too many ingest counts wait to be stored; further ones are lost',
      );
    }
    this.dropped += 1;
  }
}
