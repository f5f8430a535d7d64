// Kahan's summation as improved by Neumaier: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements. What an addition loses is kept beside the sum.

/** Sums or means of floats, one a point, in columns. A mean whose sum would overflow goes on as a mean. */
export class FloatSums {
  readonly #isMean: boolean;
  readonly #counts: Float64Array;
  /** Of points that are carried as means these are the means. */
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;
  readonly #isCarried: Uint8Array;

  constructor(op: 'sum' | 'avg', points: number) {
    this.#isMean = op === 'avg';
    this.#counts = new Float64Array(points);
    this.#sums = new Float64Array(points);
    this.#lost = new Float64Array(points);
    this.#isCarried = new Uint8Array(points);
  }

  /** How many floats were added. */
  countAt(point: number): number {
    return this.#counts[point] ?? 0;
  }

  add(point: number, value: number): void {
    const count = (this.#counts[point] ?? 0) + 1;
    this.#counts[point] = count;
    if (count === 1) {
      this.#sums[point] = value;
    } else if (this.#isCarried[point] === 1) {
      this.#carry(point, value, count);
    } else {
      const sum = this.#sums[point] ?? 0;
      const total = sum + value;
      if (this.#isMean && (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY)) {
        this.#isCarried[point] = 1;
        this.#sums[point] = sum / (count - 1);
        this.#lost[point] = (this.#lost[point] ?? 0) / (count - 1);
        this.#carry(point, value, count);
      } else {
        this.#accumulate(point, sum, value, this.#lost[point] ?? 0);
      }
    }
  }

  /** The sum or mean of what was added. */
  resultAt(point: number): number {
    const [sum, lost, count] = [this.#sums[point] ?? 0, this.#lost[point] ?? 0, this.#counts[point] ?? 0];
    return this.#isMean && this.#isCarried[point] === 0 ? sum / count + lost / count : sum + lost;
  }

  #carry(point: number, value: number, count: number): void {
    const share = (count - 1) / count;
    this.#accumulate(point, share * (this.#sums[point] ?? 0), value / count, share * (this.#lost[point] ?? 0));
  }

  #accumulate(point: number, sum: number, value: number, lost: number): void {
    const total = sum + value;
    this.#sums[point] = total;
    if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) {
      this.#lost[point] = 0;
    } else if (Math.abs(sum) >= Math.abs(value)) {
      this.#lost[point] = lost + (sum - total + value);
    } else {
      this.#lost[point] = lost + (value - total + sum);
    }
  }
}
