/** Runs asynchronous work one after the other, in the order it was handed over; a failure stops nothing. */
export class Serial {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all work handed over so far has ended. */
  async settled(): Promise<void> {
    await this.last;
  }
}
