// Sums and differences of native histograms as PromQL's `+` and `-` give them: https://prometheus.io/docs/specs/native_histograms/#promql
import {
  alignHistograms,
  bucketsOf,
  type HistogramBuckets,
  indexedCounts,
  isExponential,
  type NativeHistogram,
} from '@aegisguard/model';
import { sameBounds, sameSpans } from './same-layout.ts';

/** A sum or difference, and what a query should say about it. */
export interface CombinedHistogram {
  readonly histogram: NativeHistogram;
  /** One of the two follows a counter reset, and the other one does not. */
  readonly isResetConflict: boolean;
  /** The custom bounds differed; those that both have remain. */
  readonly areBoundsReconciled: boolean;
}

/** The sum of two histograms, empty buckets included; undefined when one is exponential and the other has custom bounds. */
export function addHistograms(left: NativeHistogram, right: NativeHistogram): CombinedHistogram | undefined {
  return combine(left, right, 1);
}

/** The difference of two histograms, as `addHistograms`. Its hint is that of the sum; the operator `-` makes it a gauge. */
export function subtractHistograms(left: NativeHistogram, right: NativeHistogram): CombinedHistogram | undefined {
  return combine(left, right, -1);
}

/** The hint of a sum: a gauge makes it a gauge, and what is not certain of both is unknown. */
export function combinedHint(
  left: NativeHistogram['resetHint'],
  right: NativeHistogram['resetHint'],
): NativeHistogram['resetHint'] {
  if (left === right) {
    return left;
  }
  return left === 'gauge' || right === 'gauge' ? 'gauge' : 'unknown';
}

function combine(left: NativeHistogram, right: NativeHistogram, sign: 1 | -1): CombinedHistogram | undefined {
  const aligned = alignHistograms(left, right);
  if (aligned === undefined) {
    return undefined;
  }
  const [first, second] = aligned;
  const histogram: NativeHistogram = {
    schema: first.schema,
    zeroThreshold: first.zeroThreshold,
    zeroCount: first.zeroCount + sign * second.zeroCount,
    count: left.count + sign * right.count,
    sum: left.sum + sign * right.sum,
    positive: combineBuckets(first.positive, second.positive, sign),
    negative: combineBuckets(first.negative, second.negative, sign),
    customValues: first.customValues,
    resetHint: combinedHint(left.resetHint, right.resetHint),
  };
  const hints = new Set([left.resetHint, right.resetHint]);
  return {
    histogram,
    isResetConflict: hints.has('reset') && hints.has('not-reset'),
    areBoundsReconciled: !isExponential(left) && !sameBounds(left.customValues, right.customValues),
  };
}

function combineBuckets(left: HistogramBuckets, right: HistogramBuckets, sign: 1 | -1): HistogramBuckets {
  if (sameSpans(left.spans, right.spans)) {
    return { spans: left.spans, counts: left.counts.map((count, index) => count + sign * (right.counts[index] ?? 0)) };
  }
  const counts = new Map(indexedCounts(left));
  for (const [index, count] of indexedCounts(right)) {
    counts.set(index, (counts.get(index) ?? 0) + sign * count);
  }
  return bucketsOf([...counts].sort(([one], [other]) => one - other));
}
