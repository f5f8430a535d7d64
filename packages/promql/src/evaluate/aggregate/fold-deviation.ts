// Welford's algorithm: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm
import { draftSeries, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { dropsName, type SeriesGroup } from './group-series.ts';

/** The population's standard deviation or variance of the floats. */
export function foldDeviation(
  op: 'stddev' | 'stdvar',
  group: SeriesGroup,
  points: number,
  onHistogram: () => void,
): VectorSeries {
  const result = draftSeries(group.labels, dropsName(group), points);
  const deviations = new Deviations(points);
  for (const { kinds, values } of group.members) {
    for (let point = 0; point < points; point += 1) {
      if (kinds[point] === POINT.float) {
        deviations.add(point, values[point] ?? 0);
      } else if (kinds[point] === POINT.histogram) {
        onHistogram();
      }
    }
  }
  for (let point = 0; point < points; point += 1) {
    const variance = deviations.varianceAt(point);
    if (variance !== undefined) {
      setPoint(result, point, op === 'stdvar' ? variance : Math.sqrt(variance));
    }
  }
  return result;
}

/** Running variances, one a point, in columns. */
class Deviations {
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  /** Sums of the squared distances from the mean. */
  readonly #squares: Float64Array;

  constructor(points: number) {
    this.#counts = new Float64Array(points);
    this.#means = new Float64Array(points);
    this.#squares = new Float64Array(points);
  }

  add(point: number, value: number): void {
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

  /** Undefined where nothing was added. */
  varianceAt(point: number): number | undefined {
    const count = this.#counts[point] ?? 0;
    return count === 0 ? undefined : (this.#squares[point] ?? 0) / count;
  }
}
