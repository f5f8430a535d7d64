// https://prometheus.io/docs/specs/native_histograms/#counter-reset-considerations
import {
  alignHistograms,
  downscaleHistogram,
  type HistogramBuckets,
  indexedCounts,
  isExponential,
  type NativeHistogram,
  widenZeroBucket,
} from '@aegisguard/model';
import { sameBounds, sameSpans } from './same-layout.ts';

/** Whether a counter began anew between two of its histograms: the hint says so, any count fell, a populated bucket is gone, or the resolution rose, which only a restart does. */
export function detectsReset(current: NativeHistogram, previous: NativeHistogram): boolean {
  if (current.resetHint === 'reset' || current.resetHint === 'not-reset') {
    return current.resetHint === 'reset';
  }
  if (current.count < previous.count) {
    return true;
  }
  return isExponential(current) ? detectsExponential(current, previous) : detectsCustom(current, previous);
}

function detectsCustom(current: NativeHistogram, previous: NativeHistogram): boolean {
  if (isExponential(previous)) {
    return true;
  }
  if (sameBounds(current.customValues, previous.customValues)) {
    return fell(current.positive, previous.positive);
  }
  const aligned = alignHistograms(current, previous);
  return aligned === undefined || fell(aligned[0].positive, aligned[1].positive);
}

function detectsExponential(current: NativeHistogram, previous: NativeHistogram): boolean {
  if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) {
    return true;
  }
  const widened = widenZeroBucket(previous, current.zeroThreshold);
  if (widened.zeroThreshold !== current.zeroThreshold || current.zeroCount < widened.zeroCount) {
    // The threshold cuts a populated bucket of the previous one, or its zero bucket lost observations.
    return true;
  }
  const before = downscaleHistogram(widened, current.schema);
  return fell(current.positive, before.positive) || fell(current.negative, before.negative);
}

function fell(current: HistogramBuckets, previous: HistogramBuckets): boolean {
  if (sameSpans(current.spans, previous.spans)) {
    return previous.counts.some((count, index) => (current.counts[index] ?? 0) < count);
  }
  const counts = new Map(indexedCounts(current));
  return indexedCounts(previous).some(([index, count]) => {
    const now = counts.get(index);
    return now === undefined ? count !== 0 : now < count;
  });
}
