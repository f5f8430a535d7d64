// Welford's algorithm: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm
import type { Labels } from '@aegisguard/model';
import { draftSeries, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import type { GroupFold } from './group-fold.ts';

/** `stddev` and `stdvar`: the population's standard deviation or variance of the floats. */
export class DeviationFold implements GroupFold {
  readonly #op: 'stddev' | 'stdvar';
  readonly #labels: Labels;
  readonly #dropsName: boolean;
  readonly #onHistogram: () => void;
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  /** Sums of the squared distances from the mean. */
  readonly #squares: Float64Array;

  constructor(op: 'stddev' | 'stdvar', labels: Labels, dropsName: boolean, points: number, onHistogram: () => void) {
    this.#op = op;
    this.#labels = labels;
    this.#dropsName = dropsName;
    this.#onHistogram = onHistogram;
    this.#counts = new Float64Array(points);
    this.#means = new Float64Array(points);
    this.#squares = new Float64Array(points);
  }

  add({ kinds, values }: VectorSeries): void {
    for (let point = 0; point < kinds.length; point += 1) {
      if (kinds[point] === POINT.float) {
        this.#addFloat(point, values[point] ?? 0);
      } else if (kinds[point] === POINT.histogram) {
        this.#onHistogram();
      }
    }
  }

  result(): VectorSeries {
    const result = draftSeries(this.#labels, this.#dropsName, this.#counts.length);
    for (const [point, count] of this.#counts.entries()) {
      if (count > 0) {
        const variance = (this.#squares[point] ?? 0) / count;
        setPoint(result, point, this.#op === 'stdvar' ? variance : Math.sqrt(variance));
      }
    }
    return result;
  }

  #addFloat(point: number, value: number): void {
    const count = (this.#counts[point] ?? 0) + 1;
    this.#counts[point] = count;
    if (count === 1) {
      this.#means[point] = value;
      // A single value has no deviation, unless it is none that can be computed with.
      this.#squares[point] = Number.isFinite(value) ? 0 : Number.NaN;
      return;
    }
    const before = this.#means[point] ?? 0;
    const mean = before + (value - before) / count;
    this.#means[point] = mean;
    this.#squares[point] = (this.#squares[point] ?? 0) + (value - before) * (value - mean);
  }
}
