import {
  NANOS_PER_MS,
  nanosFromMs,
  UNIX_NANOS_MAX,
  UNIX_NANOS_MIN,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';

const NANOS_PER_DAY = 86_400_000n * NANOS_PER_MS;
/** How far ahead of our clock an event's time may be before it is taken for a mistake (contract §6, "Records"). */
const FUTURE_TOLERANCE = NANOS_PER_DAY;

/** What an event's time is, seen from the moment of receipt. */
export type EventAge = 'in-window' | 'too-old' | 'future';

/** The times that a batch's events may have (contract §6, "Records"): not older than the retention, at most a day ahead. Made once per batch. */
export class EventWindow {
  readonly receivedAt: UnixNanos;
  readonly retentionDays: number;
  readonly #oldest: bigint;
  readonly #newest: bigint;

  constructor(receivedAtMs: number, retentionDays: number) {
    this.receivedAt = nanosFromMs(receivedAtMs);
    this.retentionDays = retentionDays;
    const oldest = this.receivedAt - BigInt(Math.trunc(retentionDays)) * NANOS_PER_DAY;
    const newest = this.receivedAt + FUTURE_TOLERANCE;
    this.#oldest = oldest < UNIX_NANOS_MIN ? UNIX_NANOS_MIN : oldest;
    this.#newest = newest > UNIX_NANOS_MAX ? UNIX_NANOS_MAX : unixNanos(newest);
  }

  ageOf(time: UnixNanos): EventAge {
    if (time < this.#oldest) {
      return 'too-old';
    }
    return time > this.#newest ? 'future' : 'in-window';
  }
}
