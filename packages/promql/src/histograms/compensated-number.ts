// Summation that keeps what rounding loses: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements (Neumaier)

/** A running sum with the error of its additions. */
export class CompensatedNumber {
  #sum: number;
  #lost = 0;

  constructor(start = 0) {
    this.#sum = start;
  }

  /** Adds a number. */
  add(value: number): void {
    const sum = this.#sum + value;
    if (!Number.isFinite(sum)) {
      // An infinity has lost nothing: what it would say about its error is NaN.
      this.#lost = 0;
    } else if (Math.abs(this.#sum) >= Math.abs(value)) {
      this.#lost += this.#sum - sum + value;
    } else {
      this.#lost += value - sum + this.#sum;
    }
    this.#sum = sum;
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
