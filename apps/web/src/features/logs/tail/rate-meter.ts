/** How long what has come counts. */
const WINDOW_MS = 5000;

/** How many lines a second come, over the last five seconds. */
export class RateMeter {
  #counts: { readonly atMs: number; readonly count: number }[] = [];

  add(count: number, nowMs: number): void {
    if (count > 0) {
      this.#counts.push({ atMs: nowMs, count });
    }
  }

  perSecond(nowMs: number): number {
    this.#counts = this.#counts.filter(({ atMs }) => nowMs - atMs < WINDOW_MS);
    return this.#counts.reduce((sum, { count }) => sum + count, 0) / (WINDOW_MS / 1000);
  }
}
