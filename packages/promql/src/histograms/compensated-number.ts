// Summation that keeps what rounding loses: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements (Neumaier)

/** What rounding loses where `total` is the sum of two finite numbers. */
export function lostInAddition(sum: number, value: number, total: number): number {
  return Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
}

/** A running sum with the error of its additions. */
export class CompensatedNumber {
  #sum: number;
  #lost = 0;

  constructor(start = 0) {
    this.#sum = start;
  }

  /** Adds a number. */
  add(value: number): void {
    const total = this.#sum + value;
    // An infinity has lost nothing: what it would say about its error is NaN.
    this.#lost = Number.isFinite(total) ? this.#lost + lostInAddition(this.#sum, value, total) : 0;
    this.#sum = total;
  }

  /** Multiplies what was added. */
  scale(factor: number): void {
    this.#sum *= factor;
    this.#lost *= factor;
  }

  /** Divides what was added; multiplying with the reciprocal would be inexact, of 49 ones the mean less than 1. */
  divide(divisor: number): void {
    this.#sum /= divisor;
    this.#lost /= divisor;
  }

  /** What was added, without what was lost: tells whether the next addition overflows. */
  get rough(): number {
    return this.#sum;
  }

  /** What was added. */
  get value(): number {
    return this.#sum + this.#lost;
  }
}
