// Neumaier's summation: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements. What a float addition loses is kept beside the sum.

/** A sum of many floats that loses nothing of the small ones. */
export class CompensatedSum {
  sum = 0;
  compensation = 0;

  add(value: number): void {
    const total = this.sum + value;
    if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) {
      this.compensation = 0;
    } else if (Math.abs(this.sum) >= Math.abs(value)) {
      this.compensation += this.sum - total + value;
    } else {
      this.compensation += value - total + this.sum;
    }
    this.sum = total;
  }

  /** The sum with what it lost on the way. */
  get total(): number {
    return this.sum + this.compensation;
  }

  /** Multiplies all that has been added. */
  scale(factor: number): void {
    this.sum *= factor;
    this.compensation *= factor;
  }
}
