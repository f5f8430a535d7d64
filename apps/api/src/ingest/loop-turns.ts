/** Work beyond this in one turn of the event loop waits for the next turn. */
const SLICE_MS = 5;

/**
 * Shares the event loop out. Bodies that arrive in one turn would otherwise be judged one after the other before anything else is looked at: with many connections a health probe, or the next
 * signature, waited for all of them. Here they wait in line, and between slices the loop serves whatever else has come.
 */
export class LoopTurns {
  private readonly waiting: (() => void)[] = [];
  private isRunning = false;

  /** Runs `work`, which is not to take long itself, when its turn has come; in order of the calls. */
  take<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      if (!this.isRunning) {
        this.isRunning = true;
        setImmediate(this.runSlice);
      }
    });
  }

  private readonly runSlice = (): void => {
    const endMs = performance.now() + SLICE_MS;
    do {
      this.waiting.shift()?.();
    } while (this.waiting.length > 0 && performance.now() < endMs);
    this.isRunning = this.waiting.length > 0;
    if (this.isRunning) {
      setImmediate(this.runSlice);
    }
  };
}
