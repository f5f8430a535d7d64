// https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness
import type { SeriesSamples } from '@aegisguard/model';
import { isStale, isStaleHistogram, wordsOf } from '../staleness.ts';
import { NO_SAMPLE } from './no-sample.ts';

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
  const histogramTimesMs = Float64Array.from(histograms, ({ timestampMs }) => timestampMs);
  const words = wordsOf(values);
  let float = -1;
  let other = -1;
  for (let point = 0; point < references.length; point += 1) {
    const reference = references[point] ?? 0;
    float = lastUpTo(reference, timestampsMs, float);
    other = histograms.length === 0 ? -1 : lastUpTo(reference, histogramTimesMs, other);
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

/** The index of the last of ascending times that is not after the reference; it is not before `from`. */
function lastUpTo(reference: number, timesMs: Float64Array, from: number): number {
  let last = from;
  while (last + 1 < timesMs.length && (timesMs[last + 1] ?? 0) <= reference) {
    last += 1;
  }
  return last;
}
