import { setImmediate } from 'node:timers/promises';
import { AegisError, type QueryBounds } from '@aegisguard/model';

/** The event loop is let go at least this often. */
const TURN_MS = 15;
/** A trace of 100,000 spans takes a tenth of it. A server that is silent for three times as long is taken for dead by the launcher. */
const STRETCH_MS_MAX = 5000;

/** Lets others have their turn during a long evaluation, and ends it when its time is up or its client is gone. */
export class Turns {
  readonly #bounds: QueryBounds;
  readonly #nowMs: () => number;
  readonly #endMs: number;
  #turnEndMs: number;
  #stretchEndMs: number;
  #isInTurn = false;

  constructor(bounds: QueryBounds, nowMs: () => number = () => performance.now()) {
    this.#bounds = bounds;
    this.#nowMs = nowMs;
    this.#endMs = nowMs() + bounds.timeoutMs;
    this.#turnEndMs = nowMs() + TURN_MS;
    this.#stretchEndMs = nowMs() + STRETCH_MS_MAX;
  }

  /** What is left of the time, for whoever is asked next. Throws as `check` does. */
  get bounds(): QueryBounds {
    this.check();
    return { signal: this.#bounds.signal, timeoutMs: Math.max(1, Math.ceil(this.#endMs - this.#nowMs())) };
  }

  /** Throws `query-timeout`, or what the signal was aborted with. */
  check(): void {
    const { signal } = this.#bounds;
    if (signal.aborted) {
      throw signal.reason instanceof AegisError ? signal.reason : new AegisError('query-cancelled');
    }
    if (this.#nowMs() >= this.#endMs) {
      throw new AegisError('query-timeout');
    }
  }

  /** For work during which nobody else can have a turn: throws as `check` does, and when it takes too long. */
  readonly checkStretch = (): void => {
    this.check();
    if (this.#nowMs() >= this.#stretchEndMs) {
      throw new AegisError('query-too-large', {
        detail:
          'The query takes too long over spans that are looked at at once: use fewer expressions, or simpler ones.',
      });
    }
  };

  /** Begins a stretch of work for what cannot wait for its turn, such as blocks of an answer as they come: one stretch for all those that come in one turn. Throws as `check` does. */
  begin(): void {
    this.check();
    if (this.#isInTurn) {
      return;
    }
    this.#isInTurn = true;
    this.#stretchEndMs = this.#nowMs() + STRETCH_MS_MAX;
    void setImmediate().then(() => {
      this.#isInTurn = false;
    });
  }

  /** Begins a stretch of work, after others had their turn if it is due. Throws as `check` does. */
  async pass(): Promise<void> {
    if (this.#nowMs() >= this.#turnEndMs) {
      await setImmediate();
      this.check();
      this.#turnEndMs = this.#nowMs() + TURN_MS;
    }
    this.#stretchEndMs = this.#nowMs() + STRETCH_MS_MAX;
  }
}
