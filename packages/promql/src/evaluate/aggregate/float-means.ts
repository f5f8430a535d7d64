import { lostInAddition } from '../../histograms/compensated-number.ts';
import { POINT, type VectorSeries } from '../value.ts';
import type { FloatTotals } from './float-sums.ts';

/** Means of floats: their sum, in the end divided. A mean whose sum would overflow goes on as a mean. */
export class FloatMeans implements FloatTotals {
  readonly #counts: Uint32Array;
  /** Of points that are carried as means these are the means. */
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;
  /** Which points are carried as means; undefined: none. */
  #carried: Uint8Array | undefined;

  constructor(points: number) {
    this.#counts = new Uint32Array(points);
    this.#sums = new Float64Array(points).fill(-0);
    this.#lost = new Float64Array(points);
  }

  addAll({ kinds, values }: Pick<VectorSeries, 'kinds' | 'values'>): void {
    const [counts, sums, lost] = [this.#counts, this.#sums, this.#lost];
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] === POINT.float) {
        const value = values[point] ?? 0;
        const sum = sums[point] ?? 0;
        const total = sum + value;
        counts[point] = (counts[point] ?? 0) + 1;
        if (Math.abs(total) === Number.POSITIVE_INFINITY || this.#carried !== undefined) {
          this.#addExceeding(point, value);
        } else {
          sums[point] = total;
          lost[point] = (lost[point] ?? 0) + lostInAddition(sum, value, total);
        }
      }
    }
  }

  hasAny(point: number): boolean {
    return (this.#counts[point] ?? 0) > 0;
  }

  column(): Pick<VectorSeries, 'kinds' | 'values'> {
    const sums = this.#sums;
    for (let point = 0; point < sums.length; point += 1) {
      const [sum, lost, count] = [sums[point] ?? 0, this.#lost[point] ?? 0, this.#counts[point] ?? 0];
      sums[point] = this.#carried?.[point] === 1 ? sum + lost : sum / count + lost / count;
    }
    return { kinds: Uint8Array.from(this.#counts, (count) => (count > 0 ? POINT.float : POINT.absent)), values: sums };
  }

  /** Adds, once counted, what may make a sum infinite, or may come after that. */
  #addExceeding(point: number, value: number): void {
    const count = this.#counts[point] ?? 0;
    const [sum, lost] = [this.#sums[point] ?? 0, this.#lost[point] ?? 0];
    const exceeds = Math.abs(sum + value) === Number.POSITIVE_INFINITY;
    if (count === 1 || (!exceeds && this.#carried?.[point] !== 1)) {
      this.#set(point, sum, value, lost);
      return;
    }
    this.#carried ??= new Uint8Array(this.#sums.length);
    const divisor = this.#carried[point] === 1 ? 1 : count - 1;
    this.#carried[point] = 1;
    const share = (count - 1) / count;
    this.#set(point, share * (sum / divisor), value / count, share * (lost / divisor));
  }

  #set(point: number, sum: number, value: number, lost: number): void {
    const total = sum + value;
    this.#sums[point] = total;
    this.#lost[point] = Math.abs(total) === Number.POSITIVE_INFINITY ? 0 : lost + lostInAddition(sum, value, total);
  }
}
