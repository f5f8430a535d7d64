import { setImmediate } from 'node:timers/promises';
import type { Deadline } from '../query-runner.ts';

/** The event loop is let go at least this often. */
const TURN_MS = 15;

/** Lets others have their turn during long work over what was read, which ends with the question's time. */
export class WorkTurns {
  readonly #deadline: Pick<Deadline, 'remainingMs'>;
  #turnEndMs = performance.now() + TURN_MS;

  constructor(deadline: Pick<Deadline, 'remainingMs'>) {
    this.#deadline = deadline;
  }

  /** Takes one of many after the other. Throws `query-cancelled` or `query-timeout` when it is over. */
  async each<Item>(items: Iterable<Item>, take: (item: Item) => void): Promise<void> {
    for (const item of items) {
      if (performance.now() >= this.#turnEndMs) {
        await setImmediate();
        this.#deadline.remainingMs();
        this.#turnEndMs = performance.now() + TURN_MS;
      }
      take(item);
    }
  }
}
