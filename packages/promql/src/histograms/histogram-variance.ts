// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_stddev-and-histogram_stdvar
import { isExponential, type NativeHistogram } from '@aegisguard/model';
import { boundedBuckets } from './bucket-bounds.ts';
import { CompensatedNumber } from './compensated-number.ts';

/** Estimates the variance of a histogram's observations: each is taken to be in the middle of its bucket, the arithmetic one of custom and the geometric one of exponential buckets. */
export function histogramVariance(histogram: NativeHistogram): number {
  const mean = histogram.sum / histogram.count;
  const squares = new CompensatedNumber();
  for (const { lower, upper, count } of boundedBuckets(histogram)) {
    if (count !== 0) {
      const distance = middleOf(histogram, lower, upper) - mean;
      squares.add(count * distance * distance);
    }
  }
  return squares.value / histogram.count;
}

function middleOf(histogram: NativeHistogram, lower: number, upper: number): number {
  if (!isExponential(histogram)) {
    return (lower + upper) / 2;
  }
  if (lower <= 0 && upper >= 0) {
    return 0;
  }
  return Math.sign(upper) * Math.sqrt(lower * upper);
}
