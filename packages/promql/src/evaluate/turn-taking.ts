import { setImmediate } from 'node:timers/promises';
import { AegisError, type QueryBounds } from '@aegisguard/model';

/** The event loop is let go at least this often. */
const TURN_MS = 15;

/** Lets others have their turn during a long evaluation, and ends it when its time is up or its client is gone. */
export class TurnTaking {
  readonly #bounds: QueryBounds;
  readonly #nowMs: () => number;
  readonly #endMs: number;
  #turnEndMs: number;

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
