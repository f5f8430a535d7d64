// https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness
import type { SeriesSamples } from '@aegisguard/model';
import { isStale, isStaleHistogram, wordsOf } from '../staleness.ts';

/** No sample. */
export const NO_SAMPLE = -1;

/** The histogram's index of an entry of `newestSamples` that is less than `NO_SAMPLE`. */
export function histogramIndex(entry: number): number {
  return -2 - entry;
}

/**
 * Per reference time the newest sample of the lookback before it, (reference − lookback, reference]: the index of a float, `NO_SAMPLE`, or below that an entry for `histogramIndex`.
 * A staleness marker is no sample, and hides what was before it.
 */
export function newestSamples(
  { timestampsMs, values, histograms }: SeriesSamples,
  references: Float64Array,
  lookbackMs: number,
): Int32Array {
  const newest = new Int32Array(references.length).fill(NO_SAMPLE);
  const words = wordsOf(values);
  let float = -1;
  let other = -1;
  for (let point = 0; point < references.length; point += 1) {
    const reference = references[point] ?? 0;
    for (; float + 1 < timestampsMs.length && (timestampsMs[float + 1] ?? 0) <= reference; float += 1);
    for (; other + 1 < histograms.length && (histograms[other + 1]?.timestampMs ?? 0) <= reference; other += 1);
    const floatMs = float === -1 ? Number.NEGATIVE_INFINITY : (timestampsMs[float] ?? 0);
    const histogram = other === -1 ? undefined : histograms[other];
    if (histogram !== undefined && histogram.timestampMs > floatMs) {
      if (histogram.timestampMs > reference - lookbackMs && !isStaleHistogram(histogram.histogram)) {
        newest[point] = -2 - other;
      }
    } else if (floatMs > reference - lookbackMs && !isStale(words, float)) {
      newest[point] = float;
    }
  }
  return newest;
}
