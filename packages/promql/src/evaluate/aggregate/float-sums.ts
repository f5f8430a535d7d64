// Kahan's summation as improved by Neumaier: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements. What an addition loses is kept beside the sum.
import { POINT, type VectorSeries } from '../value.ts';

/** Sums or means of floats, one a point, in columns. A mean whose sum would overflow goes on as a mean. */
export class FloatSums {
  readonly #isMean: boolean;
  readonly #counts: Uint32Array;
  /** Of points that are carried as means these are the means. */
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;
  /** Which points are carried as means; undefined: none. */
  #carried: Uint8Array | undefined;

  constructor(op: 'sum' | 'avg', points: number) {
    this.#isMean = op === 'avg';
    this.#counts = new Uint32Array(points);
    this.#sums = new Float64Array(points);
    this.#lost = new Float64Array(points);
  }

  /** How many floats were added. */
  countAt(point: number): number {
    return this.#counts[point] ?? 0;
  }

  /** Adds the floats of a series to those of the same points. */
  addAll({ kinds, values }: Pick<VectorSeries, 'kinds' | 'values'>): void {
    const [counts, sums, lost, isMean] = [this.#counts, this.#sums, this.#lost, this.#isMean];
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] !== POINT.float) {
        continue;
      }
      const value = values[point] ?? 0;
      const count = (counts[point] ?? 0) + 1;
      counts[point] = count;
      const sum = sums[point] ?? 0;
      const total = sum + value;
      if (count === 1) {
        sums[point] = value;
      } else if (Math.abs(total) === Number.POSITIVE_INFINITY || this.#carried?.[point] === 1) {
        this.#addExceeding(point, value, count, isMean);
      } else {
        sums[point] = total;
        lost[point] = (lost[point] ?? 0) + lostOf(sum, value, total);
      }
    }
  }

  /** The sum or mean of what was added. */
  resultAt(point: number): number {
    const [sum, lost, count] = [this.#sums[point] ?? 0, this.#lost[point] ?? 0, this.#counts[point] ?? 0];
    return this.#isMean && this.#carried?.[point] !== 1 ? sum / count + lost / count : sum + lost;
  }

  /** Adds what makes a sum infinite, or comes after that did. */
  #addExceeding(point: number, value: number, count: number, isMean: boolean): void {
    if (!isMean) {
      this.#set(point, this.#sums[point] ?? 0, value, this.#lost[point] ?? 0);
      return;
    }
    this.#carried ??= new Uint8Array(this.#sums.length);
    if (this.#carried[point] !== 1) {
      this.#carried[point] = 1;
      this.#sums[point] = (this.#sums[point] ?? 0) / (count - 1);
      this.#lost[point] = (this.#lost[point] ?? 0) / (count - 1);
    }
    const share = (count - 1) / count;
    this.#set(point, share * (this.#sums[point] ?? 0), value / count, share * (this.#lost[point] ?? 0));
  }

  #set(point: number, sum: number, value: number, lost: number): void {
    const total = sum + value;
    this.#sums[point] = total;
    // An infinity has lost nothing: what it would say about its error is NaN.
    this.#lost[point] = Math.abs(total) === Number.POSITIVE_INFINITY ? 0 : lost + lostOf(sum, value, total);
  }
}

/** What an addition has lost. */
function lostOf(sum: number, value: number, total: number): number {
  return Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
}
