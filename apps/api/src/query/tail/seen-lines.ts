import type { CaughtLine, TailCatch } from '@aegisguard/tail';

/** Lines in a generation. A batch that was not acknowledged comes again after a minute; so long a tail gets no more than this of a thread. */
const LINES_MAX = 60_000;

/** Which lines a tail had, by batch and index, so that a batch that is delivered again shows none twice. Remembers the last 60,000 at least, in a number each. */
export class SeenLines {
  private young = new Map<string, Set<number>>();
  private old = new Map<string, Set<number>>();
  private count = 0;

  /** Those of a catch that were not seen before; from now on they were. */
  takeNew({ batchId, lines }: Pick<TailCatch, 'batchId' | 'lines'>): readonly CaughtLine[] {
    if (this.count + lines.length > LINES_MAX) {
      this.old = this.young;
      this.young = new Map();
      this.count = 0;
    }
    const before = this.old.get(batchId);
    const seen = this.young.get(batchId) ?? new Set<number>();
    const fresh = lines.filter(({ index }) => !seen.has(index) && before?.has(index) !== true);
    // What adds nothing to the count must not add an entry: a generation would never be over.
    if (fresh.length > 0) {
      this.young.set(batchId, seen);
    }
    for (const { index } of fresh) {
      seen.add(index);
    }
    this.count += fresh.length;
    return fresh;
  }
}
