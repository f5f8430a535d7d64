/** A set of integers kept as disjoint, non-adjacent, ascending ranges: small when what it holds is dense. */
export class IntervalSet {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private size = 0;

  /** How many integers it holds. */
  get count(): number {
    return this.size;
  }

  /** The largest integer. */
  get last(): number | undefined {
    return this.ends.at(-1);
  }

  /** The ranges, both ends inclusive. */
  ranges(): [number, number][] {
    return this.starts.map((start, index) => [start, this.ends[index] ?? start]);
  }

  has(value: number): boolean {
    const index = this.lastStartingUpTo(value);
    return index >= 0 && value <= (this.ends[index] ?? Number.NEGATIVE_INFINITY);
  }

  /** Adds `from` to `to`, both inclusive; overlap with what is there is fine. */
  add(from: number, to: number): void {
    if (from - 1 === this.ends.at(-1)) {
      // The usual case, without the search.
      this.ends[this.ends.length - 1] = to;
      this.size += to - from + 1;
      return;
    }
    let first = this.lastStartingUpTo(from);
    if (first < 0 || (this.ends[first] ?? 0) < from - 1) {
      first += 1;
    }
    let next = first;
    let start = from;
    let end = to;
    while (next < this.starts.length && (this.starts[next] ?? 0) <= to + 1) {
      start = Math.min(start, this.starts[next] ?? start);
      end = Math.max(end, this.ends[next] ?? end);
      next += 1;
    }
    const merged = this.ends.slice(first, next).reduce((sum, e, i) => sum + e - (this.starts[first + i] ?? e) + 1, 0);
    this.starts.splice(first, next - first, start);
    this.ends.splice(first, next - first, end);
    this.size += end - start + 1 - merged;
  }

  /** Takes the first range out if it begins at or below `from`, and gives its end. */
  takeFirstFrom(from: number): number | undefined {
    const [start] = this.starts;
    const [end] = this.ends;
    if (start === undefined || end === undefined || start > from) {
      return undefined;
    }
    this.starts.shift();
    this.ends.shift();
    this.size -= end - start + 1;
    return end;
  }

  private lastStartingUpTo(value: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
