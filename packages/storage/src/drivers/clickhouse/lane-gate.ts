import { AegisError } from '@aegisguard/model';

interface Waiter {
  readonly resolve: (lane: number) => void;
}

/** Callers that may wait for a lane; more are turned away at once. */
const WAITERS_MAX = 256;

/** Hands out lanes, first come first served, so that queries never take more of the machine than inserts can spare. */
export class LaneGate {
  readonly #free: number[];
  readonly #laneCount: number;
  readonly #waiters: Waiter[] = [];
  #onIdle: (() => void) | undefined;

  constructor(laneCount: number) {
    this.#laneCount = laneCount;
    this.#free = Array.from({ length: laneCount }, (_, lane) => lane).reverse();
  }

  /** Waits for a lane; `release` must be called with it. Rejects with the signal's reason when that fires first. */
  async acquire(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const lane = this.#free.pop();
    if (lane !== undefined) {
      return lane;
    }
    if (this.#waiters.length >= WAITERS_MAX) {
      throw new AegisError('unavailable', { detail: 'Too many queries are waiting.', retryAfterSeconds: 5 });
    }
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const waiter = { resolve };
    const giveUp = () => {
      const place = this.#waiters.indexOf(waiter);
      if (place >= 0) {
        this.#waiters.splice(place, 1);
        reject(signal.reason);
      }
    };
    this.#waiters.push(waiter);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  release(lane: number): void {
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.resolve(lane);
      return;
    }
    this.#free.push(lane);
    if (this.#free.length === this.#laneCount) {
      this.#onIdle?.();
    }
  }

  /** Resolves once every lane is free. */
  idle(): Promise<void> {
    if (this.#free.length === this.#laneCount) {
      return Promise.resolve();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle = resolve;
    return promise;
  }
}
