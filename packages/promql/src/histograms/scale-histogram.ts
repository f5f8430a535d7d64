import type { HistogramBuckets, NativeHistogram } from '@aegisguard/model';

/** The histogram with every count and the sum multiplied. By a negative factor it becomes a gauge. */
export function scaleHistogram(histogram: NativeHistogram, factor: number): NativeHistogram {
  return mapCounts(histogram, (count) => count * factor, factor < 0);
}

/** The histogram with every count and the sum divided; by a negative divisor it becomes a gauge, and by 0 it loses its buckets, as in Prometheus. */
export function divideHistogram(histogram: NativeHistogram, divisor: number): NativeHistogram {
  const divided = mapCounts(histogram, (count) => count / divisor, divisor < 0);
  const none = { spans: [], counts: [] };
  return divisor === 0 ? { ...divided, positive: none, negative: none } : divided;
}

/** The unary `-`. */
export function negateHistogram(histogram: NativeHistogram): NativeHistogram {
  return scaleHistogram(histogram, -1);
}

function mapCounts(histogram: NativeHistogram, map: (count: number) => number, isGauge: boolean): NativeHistogram {
  const buckets = ({ spans, counts }: HistogramBuckets) => ({ spans, counts: counts.map(map) });
  return {
    ...histogram,
    zeroCount: map(histogram.zeroCount),
    count: map(histogram.count),
    sum: map(histogram.sum),
    positive: buckets(histogram.positive),
    negative: buckets(histogram.negative),
    resetHint: isGauge ? 'gauge' : histogram.resetHint,
  };
}
