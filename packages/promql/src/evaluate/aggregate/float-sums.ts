// Kahan's summation as improved by Neumaier: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements. What an addition loses is kept beside the sum.
import { lostInAddition } from '../../histograms/compensated-number.ts';
import { POINT, type VectorSeries } from '../value.ts';

/** What floats of the same point give together, in columns. */
export interface FloatTotals {
  /** Adds the floats of a series to those of the same points. */
  addAll(series: Pick<VectorSeries, 'kinds' | 'values'>): void;
  /** Whether any float was added. */
  hasAny(point: number): boolean;
  /** The totals, in the memory in which they were added up. Once, at the end. */
  column(): Pick<VectorSeries, 'kinds' | 'values'>;
}

/** Sums of floats. */
export class FloatSums implements FloatTotals {
  readonly #kinds: Uint8Array;
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(points: number) {
    this.#kinds = new Uint8Array(points);
    // Adding to −0 gives every number as it is, −0 included.
    this.#sums = new Float64Array(points).fill(-0);
    this.#lost = new Float64Array(points);
  }

  addAll({ kinds, values }: Pick<VectorSeries, 'kinds' | 'values'>): void {
    const [found, sums, lost] = [this.#kinds, this.#sums, this.#lost];
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] === POINT.float) {
        const value = values[point] ?? 0;
        const sum = sums[point] ?? 0;
        const total = sum + value;
        found[point] = POINT.float;
        sums[point] = total;
        lost[point] = (lost[point] ?? 0) + lostInAddition(sum, value, total);
      }
    }
  }

  hasAny(point: number): boolean {
    return this.#kinds[point] === POINT.float;
  }

  /** What an infinity says about its error is NaN; it has lost nothing, and once there is one no sum is finite again. */
  column(): Pick<VectorSeries, 'kinds' | 'values'> {
    const sums = this.#sums;
    for (let point = 0; point < sums.length; point += 1) {
      const sum = sums[point] ?? 0;
      sums[point] = Number.isFinite(sum) ? sum + (this.#lost[point] ?? 0) : sum;
    }
    return { kinds: this.#kinds, values: sums };
  }
}
