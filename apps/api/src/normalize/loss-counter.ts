import type { IngestCount, IngestCountStore, IngestEnvelope } from '@aegisguard/model';
import type { Logger } from 'pino';

const MINUTE_MS = 60_000;
const FLUSH_MS = 5_000;
/** Kinds of losses that wait to be written; what is beyond is only in the log. */
const WAITING_MAX = 10_000;

/** What was lost after it had been accepted. */
export interface Loss {
  readonly outcome: 'dead-letter' | 'late-delta';
  readonly records: number;
}

type Sum = { -readonly [Field in keyof IngestCount]: IngestCount[Field] };

/** Counts what the gateway accepted and the worker could not store, so that "What was dropped and why" says it. Added up here and written now and then. */
export class LossCounter {
  private waiting = new Map<string, Sum>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  /** `nowMs` is Unix time: losses are shown in the minute in which they were noticed. */
  constructor(
    private readonly store: Pick<IngestCountStore, 'addIngestCounts'>,
    private readonly logger: Logger,
    private readonly nowMs: () => number,
  ) {}

  /** Never throws: a count is not worth a batch. */
  count({ orgId, signal, protocol = 'native', keyId }: IngestEnvelope, { outcome, records }: Loss): void {
    const minuteMs = Math.floor(this.nowMs() / MINUTE_MS) * MINUTE_MS;
    this.add({ orgId, minuteMs, signal, protocol, keyId, outcome, requests: 1, records, bytes: 0 });
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, FLUSH_MS).unref();
  }

  /** Writes what waits; what cannot be written waits on. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  /** Writes what waits, for the last time. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
  }

  private async write(): Promise<void> {
    const counts = [...this.waiting.values()];
    if (counts.length === 0) {
      return;
    }
    this.waiting = new Map();
    try {
      await this.store.addIngestCounts(counts);
    } catch (error) {
      this.logger.warn({ err: error, counts: counts.length }, 'counts of lost records could not be written');
      for (const count of counts) {
        this.add(count);
      }
    }
  }

  private add(count: IngestCount): void {
    const key = [count.orgId, count.minuteMs, count.signal, count.protocol, count.keyId, count.outcome].join(' ');
    const sum = this.waiting.get(key);
    if (sum !== undefined) {
      sum.requests += count.requests;
      sum.records += count.records;
    } else if (this.waiting.size < WAITING_MAX) {
      this.waiting.set(key, { ...count });
    }
  }
}
