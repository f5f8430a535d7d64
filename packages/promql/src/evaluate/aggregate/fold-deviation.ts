// Welford's algorithm: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm
import { draftSeries } from '../series-draft.ts';
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
  const { kinds, values } = result;
  const counts = new Float64Array(points);
  const means = new Float64Array(points);
  for (const member of group.members) {
    for (let point = 0; point < points; point += 1) {
      const kind = member.kinds[point];
      if (kind === POINT.histogram) {
        onHistogram();
      } else if (kind === POINT.float) {
        const value = member.values[point] ?? 0;
        const count = (counts[point] ?? 0) + 1;
        const delta = value - (means[point] ?? 0);
        const mean = (means[point] ?? 0) + delta / count;
        kinds[point] = POINT.float;
        counts[point] = count;
        means[point] = mean;
        // A single value has no deviation, unless it is none that can be computed with.
        values[point] = (values[point] ?? 0) + (count === 1 && Number.isFinite(value) ? 0 : delta * (value - mean));
      }
    }
  }
  for (let point = 0; point < points; point += 1) {
    const variance = (values[point] ?? 0) / (counts[point] ?? 0);
    values[point] = op === 'stdvar' ? variance : Math.sqrt(variance);
  }
  return result;
}
