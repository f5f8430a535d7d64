/** So long after an insert its samples are read: soon enough to find them before a merge makes them part of much that is known, seldom enough to cost little. */
const FOLLOW_MS = 5_000;

/** Has what came in read a little later, however much comes in meanwhile. */
export class RecentFollower {
  readonly #follow: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(follow: () => Promise<void>) {
    this.#follow = follow;
  }

  noteInsert(): void {
    if (this.#isClosed) {
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // What fails is read by the next query.
      this.#running = this.#running.then(this.#follow).catch(() => undefined);
    }, FOLLOW_MS).unref();
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
