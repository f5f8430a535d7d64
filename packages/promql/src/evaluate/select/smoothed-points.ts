// https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors
import type { SeriesSamples } from '@aegisguard/model';
import { evaluationError } from '../../functions/evaluation-error.ts';
import { liveSamples } from '../live-samples.ts';
import { draftSeries, setPoint } from '../series-draft.ts';
import type { VectorSeries } from '../value.ts';

/** A series at times that lie between its samples: on the line from the one before to the one after, both within the lookback; without one after as the one before. */
export function smoothedPoints(samples: SeriesSamples, references: Float64Array, lookbackMs: number): VectorSeries {
  const { timestampsMs, values, histograms, labels } = liveSamples(samples);
  const draft = draftSeries(labels, false, references.length);
  let next = 0;
  for (let point = 0; point < references.length; point += 1) {
    const reference = references[point] ?? 0;
    const isNear = (timestampMs: number): boolean =>
      timestampMs > reference - lookbackMs && timestampMs <= reference + lookbackMs;
    if (histograms.some(({ timestampMs }) => isNear(timestampMs))) {
      throw evaluationError('smoothed and anchored modifiers do not work with native histograms');
    }
    for (; next < timestampsMs.length && (timestampsMs[next] ?? 0) < reference; next += 1);
    const afterMs = timestampsMs[next] ?? Number.POSITIVE_INFINITY;
    const beforeMs = timestampsMs[next - 1] ?? Number.NEGATIVE_INFINITY;
    const before = values[next - 1] ?? 0;
    const after = values[next] ?? 0;
    if (afterMs === reference) {
      setPoint(draft, point, after);
    } else if (isNear(beforeMs) && isNear(afterMs)) {
      setPoint(draft, point, before + ((after - before) * (reference - beforeMs)) / (afterMs - beforeMs));
    } else if (isNear(beforeMs)) {
      setPoint(draft, point, before);
    }
  }
  return draft;
}
