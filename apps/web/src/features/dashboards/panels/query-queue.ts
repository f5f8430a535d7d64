/** How many queries of dashboards run at a time; more would only wait in the server, where others' wait, too. */
const RUNNING_MAX = 5;

/** Lets a few tasks run at a time, in their order. */
export class QueryQueue {
  readonly #max: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number = RUNNING_MAX) {
    this.#max = max;
  }

  /** Runs a task when its turn comes; one whose signal is aborted before that never runs. */
  async run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#running >= this.#max) {
      await this.#turn(signal);
    } else {
      this.#running += 1;
    }
    try {
      return await task();
    } finally {
      this.#next();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(start);
    });
  }

  /** The place of a task that has ended goes to the one that waits longest. */
  #next(): void {
    const start = this.#waiting.shift();
    if (start === undefined) {
      this.#running -= 1;
    } else {
      start();
    }
  }
}

/** The queue of all panels. */
export const panelQueue = new QueryQueue();
