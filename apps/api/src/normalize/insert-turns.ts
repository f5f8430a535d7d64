/**
 * Lets so many inserts run at a time, first come, first served. Each signal's worker has one insert at a time, so none waits for more than one of each other signal; a signal that waited has filled a
 * larger group meanwhile. Turns by organization would be decided here.
 */
export class InsertTurns {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(width: number) {
    this.free = width;
  }

  /** Runs `work` when its turn has come. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) {
      this.free -= 1;
    } else {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) {
        this.free += 1;
      } else {
        next();
      }
    }
  }
}
