import type { IngestCount, IngestCountStore } from '@aegisguard/model';
import type { Logger } from 'pino';
import { MinuteCounter } from './minute-counter.ts';

/** What happened: a count without its minute. */
export type CountedEvent = Omit<IngestCount, 'minuteMs'>;

/** Counts what came in and what was refused, and why. */
export class IngestCounter extends MinuteCounter<IngestCount> {
  constructor(store: IngestCountStore, logger: Logger, nowMs: () => number, waitingMax?: number) {
    const kind = {
      what: 'ingest counts',
      nameOf: ({ orgId, signal, protocol, keyId, outcome }: IngestCount) =>
        `${orgId} ${signal} ${protocol} ${keyId} ${outcome}`,
      sum: (one: IngestCount, other: IngestCount) => ({
        ...one,
        requests: one.requests + other.requests,
        records: one.records + other.records,
        bytes: one.bytes + other.bytes,
      }),
      store: (counts: readonly IngestCount[]) => store.addIngestCounts(counts),
    };
    super(kind, logger, nowMs, waitingMax);
  }

  add(event: CountedEvent): void {
    this.merge({ ...event, minuteMs: this.minuteNow() });
  }
}
