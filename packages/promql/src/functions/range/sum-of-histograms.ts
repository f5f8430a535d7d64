import { addHistograms, type HistogramBuckets, type NativeHistogram } from '@aegisguard/model';

/** The sum of histograms, at least one; undefined when some have exponential and some custom buckets. */
export function sumOfHistograms(histograms: readonly NativeHistogram[]): NativeHistogram | undefined {
  let [sum] = histograms;
  for (const histogram of histograms.slice(1)) {
    sum = sum && addHistograms(sum, histogram);
  }
  return sum;
}

/** Their mean; undefined as their sum. */
export function averageOfHistograms(histograms: readonly NativeHistogram[]): NativeHistogram | undefined {
  const sum = sumOfHistograms(histograms);
  return sum && divide(sum, histograms.length);
}

function divide(histogram: NativeHistogram, divisor: number): NativeHistogram {
  const buckets = ({ spans, counts }: HistogramBuckets): HistogramBuckets => ({
    spans,
    counts: counts.map((count) => count / divisor),
  });
  return {
    ...histogram,
    zeroCount: histogram.zeroCount / divisor,
    count: histogram.count / divisor,
    sum: histogram.sum / divisor,
    positive: buckets(histogram.positive),
    negative: buckets(histogram.negative),
  };
}
