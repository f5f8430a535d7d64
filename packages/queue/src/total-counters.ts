import type { StreamTotals } from './driver.ts';
import type { QueueLogger } from './queue-logger.ts';

/** The counters of a stream that may be added to. */
export type TotalName = Exclude<keyof StreamTotals, 'stream'>;

/** Counts what goes through each stream. */
export class TotalCounters {
  private readonly streams = new Map<string, Record<TotalName, number>>();

  add(stream: string, name: TotalName, amount = 1): void {
    let totals = this.streams.get(stream);
    if (totals === undefined) {
      totals = {
        appended: 0,
        appendedBytes: 0,
        delivered: 0,
        redelivered: 0,
        acknowledged: 0,
        buried: 0,
        replayed: 0,
        discarded: 0,
        dropped: 0,
      };
      this.streams.set(stream, totals);
    }
    totals[name] += amount;
  }

  list(): readonly StreamTotals[] {
    return [...this.streams].map(([stream, totals]) => ({ stream, ...totals }));
  }
}

/** Counts dead letters that were dropped for their age or for want of room, and warns of them. */
export function noteDropped(logger: QueueLogger, counters: TotalCounters, stream: string, dropped: number): void {
  if (dropped > 0) {
    counters.add(stream, 'dropped', dropped);
    logger.warn({ stream, dropped }, 'dead letters were dropped: they were too old, or the oldest of too many');
  }
}
