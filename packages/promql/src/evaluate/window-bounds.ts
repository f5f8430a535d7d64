/** The members of an ascending list that lie in a window that only moves forward: indexes `first` to before `end`. */
export class WindowBounds {
  first = 0;
  end = 0;

  readonly #ascending: Float64Array;

  constructor(ascending: Float64Array) {
    this.#ascending = ascending;
  }

  get size(): number {
    return this.end - this.first;
  }

  /** The window becomes (after, until]. */
  moveTo(after: number, until: number): void {
    for (; this.end < this.#ascending.length && (this.#ascending[this.end] ?? 0) <= until; this.end += 1);
    for (; this.first < this.end && (this.#ascending[this.first] ?? 0) <= after; this.first += 1);
  }
}
