import { setImmediate } from 'node:timers/promises';
import { AegisError, type QueryBounds } from '@aegisguard/model';

/** The event loop is let go at least this often. */
const TURN_MS = 15;
/** Samples that may be looked at without asking for the time: a millisecond or less. */
const SAMPLES_A_LOOK = 20_000;
/** What there is to do for a few samples takes as long as looking at so many more. */
const LEAST_SAMPLES = 50;

/** Lets others have their turn during a long evaluation, and ends it when its time is up or its client is gone. */
export class TurnTaking {
  readonly #bounds: QueryBounds;
  readonly #nowMs: () => number;
  readonly #endMs: number;
  #turnEndMs: number;
  /** Since the time was asked for last. */
  #samples = 0;

  constructor(bounds: QueryBounds, nowMs: () => number) {
    this.#bounds = bounds;
    this.#nowMs = nowMs;
    this.#turnEndMs = nowMs() + TURN_MS;
    this.#endMs = nowMs() + bounds.timeoutMs;
  }

  /** Whether `pass` is due; cheap enough to be asked for each series. */
  get isOver(): boolean {
    return this.#nowMs() >= this.#turnEndMs;
  }

  /** The same after a piece of work, by the samples that were looked at: cheap enough to be asked however small it was. */
  isOverAfter(samples: number): boolean {
    this.#samples += samples + LEAST_SAMPLES;
    if (this.#samples < SAMPLES_A_LOOK) {
      return false;
    }
    this.#samples = 0;
    return this.isOver;
  }

  /** Ms that are left; 0 when the time is up. */
  get leftMs(): number {
    return Math.max(0, this.#endMs - this.#nowMs());
  }

  /** Throws `query-timeout`, or what the signal was aborted with. */
  async pass(): Promise<void> {
    await setImmediate();
    this.#check();
    this.#turnEndMs = this.#nowMs() + TURN_MS;
  }

  #check(): void {
    const { signal } = this.#bounds;
    if (signal.aborted) {
      throw signal.reason instanceof AegisError ? signal.reason : new AegisError('query-cancelled');
    }
    if (this.#nowMs() >= this.#endMs) {
      throw new AegisError('query-timeout');
    }
  }
}
