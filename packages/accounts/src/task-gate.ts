import { AegisError } from '@aegisguard/model';

/** Lets a few tasks run at once, a bounded number wait in order, and refuses the rest with `unavailable`. */
export class TaskGate {
  readonly #runningMax: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(runningMax: number, waitingMax: number) {
    this.#runningMax = runningMax;
    this.#waitingMax = waitingMax;
  }

  /** Runs `task` when its turn comes. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#runningMax) {
      this.#running += 1;
    } else if (this.#waiting.length < this.#waitingMax) {
      // Whoever finishes hands over its place, so #running does not change.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      throw new AegisError('unavailable', { internal: 'too many tasks are waiting', retryAfterSeconds: 1 });
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) {
        next();
      } else {
        this.#running -= 1;
      }
    }
  }
}
