// A binary heap whose root is the worst of what is kept, so that which of several equal ones stays is what Prometheus's answers show, too.

interface Ranked<T> {
  readonly item: T;
  readonly value: number;
}

/** Keeps the best so many of the items that it is offered. */
export class RankingHeap<T> {
  readonly #kept: Ranked<T>[] = [];
  readonly #countMax: number;
  readonly #isBetter: (a: number, b: number) => boolean;

  constructor(countMax: number, isBetter: (a: number, b: number) => boolean) {
    this.#countMax = countMax;
    this.#isBetter = isBetter;
  }

  offer(item: T, value: number): void {
    const worst = this.#kept[0];
    if (worst === undefined || this.#kept.length < this.#countMax) {
      this.#kept.push({ item, value });
      this.#rise(this.#kept.length - 1);
    } else if (this.#isBetter(value, worst.value) || (Number.isNaN(worst.value) && !Number.isNaN(value))) {
      this.#kept[0] = { item, value };
      this.#sink(0);
    }
  }

  /** What was kept, the best first. */
  best(): T[] {
    return this.#kept
      .toSorted((a, b) => Number(this.#isWorse(a, b)) - Number(this.#isWorse(b, a)))
      .map(({ item }) => item);
  }

  #isWorse(a: Ranked<T> | undefined, b: Ranked<T> | undefined): boolean {
    if (a === undefined || b === undefined) {
      return false;
    }
    return Number.isNaN(a.value) || this.#isBetter(b.value, a.value);
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#kept[a], this.#kept[b]];
    if (first !== undefined && second !== undefined) {
      this.#kept[a] = second;
      this.#kept[b] = first;
    }
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = Math.floor((at - 1) / 2);
      if (!this.#isWorse(this.#kept[at], this.#kept[parent])) {
        return;
      }
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const worse = this.#isWorse(this.#kept[right], this.#kept[left]) ? right : left;
      if (!this.#isWorse(this.#kept[worse], this.#kept[at])) {
        return;
      }
      this.#swap(at, worse);
      at = worse;
    }
  }
}
