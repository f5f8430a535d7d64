// https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors
import { isExponential, type NativeHistogram, type SeriesSamples } from '@aegisguard/model';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { interpolateHistograms } from '../../histograms/interpolate-histograms.ts';
import type { VectorSelector } from '../../syntax/ast/vector-selector.ts';
import type { Evaluation } from '../evaluation.ts';
import { metricName } from '../label-order.ts';
import { liveSamples } from '../live-samples.ts';
import { type SeriesDraft, setPoint } from '../series-draft.ts';
import type { HistogramAt } from '../value.ts';
import { WindowBounds } from '../window-bounds.ts';

/**
 * Adds the points of a series at times that lie between its samples: on the line from the one before to the one after, both within the lookback; without one after as the one before. Where there are
 * floats and histograms, or histograms that do not go together, there is nothing but a warning.
 */
export function addSmoothedPoints(
  { annotations, lookbackMs }: Evaluation,
  { source }: VectorSelector,
  samples: SeriesSamples,
  references: Float64Array,
  draft: SeriesDraft,
): void {
  const { timestampsMs, values, histograms, labels } = liveSamples(samples);
  const floats = new WindowBounds(timestampsMs);
  const others = new WindowBounds(Float64Array.from(histograms, ({ timestampMs }) => timestampMs));
  for (const [point, reference] of references.entries()) {
    floats.moveTo(reference - lookbackMs, reference + lookbackMs);
    others.moveTo(reference - lookbackMs, reference + lookbackMs);
    if (floats.size > 0 && others.size > 0) {
      annotations.warn(HISTOGRAM_MESSAGES.mixedWithFloats(metricName(labels)), source);
      continue;
    }
    const result =
      floats.size > 0
        ? floatAt(reference, timestampsMs.subarray(floats.first, floats.end), values.subarray(floats.first, floats.end))
        : histogramAt(reference, histograms.slice(others.first, others.end));
    if (result !== undefined) {
      setPoint(draft, point, result);
    }
  }

  function histogramAt(reference: number, near: readonly HistogramAt[]): NativeHistogram | undefined {
    const next = near.findIndex(({ timestampMs }) => timestampMs >= reference);
    const [before, after] = [near.at(next === -1 ? -1 : next - 1), near[next]];
    if (after?.timestampMs === reference) {
      return after.histogram;
    }
    if (before === undefined || next === 0) {
      return undefined;
    }
    // The hint is about the sample before that one.
    return after === undefined ? { ...before.histogram, resetHint: 'unknown' } : between(before, after, reference);
  }

  function between(before: HistogramAt, after: HistogramAt, reference: number): NativeHistogram | undefined {
    if (isExponential(before.histogram) !== isExponential(after.histogram)) {
      annotations.warn(HISTOGRAM_MESSAGES.mixedSchemas(metricName(labels)), source);
      return undefined;
    }
    const isCounter = before.histogram.resetHint !== 'gauge' || after.histogram.resetHint !== 'gauge';
    const interpolated = interpolateHistograms(before, after, reference, isCounter);
    for (const operation of interpolated?.reconciledBy ?? []) {
      annotations.inform(HISTOGRAM_MESSAGES.boundsReconciled(operation), source);
    }
    return interpolated?.histogram;
  }
}

function floatAt(reference: number, timestampsMs: Float64Array, values: Float64Array): number | undefined {
  const next = timestampsMs.findIndex((timestampMs) => timestampMs >= reference);
  if (next === -1) {
    return values.at(-1);
  }
  const [afterMs, after] = [timestampsMs[next] ?? 0, values[next] ?? 0];
  if (afterMs === reference) {
    return after;
  }
  if (next === 0) {
    return undefined;
  }
  const [beforeMs, before] = [timestampsMs[next - 1] ?? 0, values[next - 1] ?? 0];
  return before + ((after - before) * (reference - beforeMs)) / (afterMs - beforeMs);
}
