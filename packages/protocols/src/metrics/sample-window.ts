import type { RecordFault } from '../records/record-rejection.ts';

const DAY_MS = 86_400_000;
/** How far ahead of our clock a time may be before it is taken for a mistake (contract §6, "Records"). */
const FUTURE_TOLERANCE_MS = DAY_MS;

/**
 * The times that a batch's data points may have (contract §6, "Records"): what is older than the retention is refused, what is more than 24 h ahead is stored at the time of
 * receipt. The time that was sent is not kept then: a sample is a time and a value, there is no place for a third thing. Unix ms.
 */
export class SampleWindow {
  readonly receivedAtMs: number;
  readonly #retentionDays: number;
  readonly #oldestMs: number;
  readonly #newestMs: number;

  constructor(receivedAtMs: number, retentionDays: number) {
    this.receivedAtMs = Math.trunc(receivedAtMs);
    this.#retentionDays = retentionDays;
    this.#oldestMs = Math.max(0, this.receivedAtMs - Math.trunc(retentionDays) * DAY_MS);
    this.#newestMs = this.receivedAtMs + FUTURE_TOLERANCE_MS;
  }

  isTooOld(timestampMs: number): boolean {
    return timestampMs < this.#oldestMs;
  }

  tooOld(path: string): RecordFault {
    return { path, message: `older than the ${this.#retentionDays} days that metrics are kept`, code: 'too-old' };
  }

  /** The time at which a data point is stored. */
  place(timestampMs: number): number {
    return timestampMs > this.#newestMs ? this.receivedAtMs : timestampMs;
  }

  /** A start time as it is stored: 0, not known, where it is not in the time before the data point. */
  placeStart(startMs: number, timestampMs: number): number {
    return startMs > 0 && startMs <= timestampMs ? startMs : 0;
  }
}
