// Welford's algorithm: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm
import type { Labels } from '@aegisguard/model';
import { draftSeries, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import type { GroupFold } from './group-fold.ts';

/** `stddev` and `stdvar`: the population's standard deviation or variance of the floats. */
export class DeviationFold implements GroupFold {
  readonly #op: 'stddev' | 'stdvar';
  readonly #onHistogram: () => void;
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  /** Sums of the squared distances from the mean. */
  readonly #squares: Float64Array;
  #hasHistogram = false;

  constructor(op: 'stddev' | 'stdvar', points: number, onHistogram: () => void) {
    this.#op = op;
    this.#onHistogram = onHistogram;
    this.#counts = new Float64Array(points);
    this.#means = new Float64Array(points);
    this.#squares = new Float64Array(points);
  }

  add({ kinds, values, histograms }: VectorSeries): void {
    const [counts, means, squares] = [this.#counts, this.#means, this.#squares];
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] !== POINT.float) {
        continue;
      }
      const value = values[point] ?? 0;
      const count = (counts[point] ?? 0) + 1;
      counts[point] = count;
      if (count === 1) {
        means[point] = value;
        // A single value has no deviation, unless it is none that can be computed with.
        squares[point] = Number.isFinite(value) ? 0 : Number.NaN;
        continue;
      }
      const before = means[point] ?? 0;
      const mean = before + (value - before) / count;
      means[point] = mean;
      squares[point] = (squares[point] ?? 0) + (value - before) * (value - mean);
    }
    this.#hasHistogram ||= histograms !== undefined && kinds.includes(POINT.histogram);
  }

  result(labels: Labels, dropsName: boolean): VectorSeries {
    if (this.#hasHistogram) {
      this.#onHistogram();
    }
    const result = draftSeries(labels, dropsName, this.#counts.length);
    for (const [point, count] of this.#counts.entries()) {
      if (count > 0) {
        const variance = (this.#squares[point] ?? 0) / count;
        setPoint(result, point, this.#op === 'stdvar' ? variance : Math.sqrt(variance));
      }
    }
    return result;
  }
}
