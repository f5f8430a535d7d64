/** Has what came in read a little later, however much comes in meanwhile. */
export class RecentFollower {
  readonly #follow: () => Promise<void>;
  readonly #afterMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** `afterMs` undefined: nothing is read. */
  constructor(follow: () => Promise<void>, afterMs: number | undefined) {
    this.#follow = follow;
    this.#afterMs = afterMs;
  }

  noteInsert(): void {
    if (this.#isClosed || this.#afterMs === undefined) {
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // What fails is read by the next query.
      this.#running = this.#running.then(this.#follow).catch(() => undefined);
    }, this.#afterMs).unref();
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
