// https://prometheus.io/docs/concepts/metric_types/#histogram
import { formatBound } from '@aegisguard/model';
import type { SeriesSlot } from './metric-batch-builder.ts';
import type { PointValue, TranslatedPoint } from './translated-point.ts';

/** What is wrong with the bounds of a histogram's buckets; the last may be +Inf. */
export function checkBounds(bounds: readonly number[]): string | undefined {
  for (const [at, bound] of bounds.entries()) {
    if (Number.isNaN(bound) || (at > 0 && bound <= (bounds[at - 1] ?? bound))) {
      return 'bounds must ascend';
    }
  }
  return undefined;
}

/** A histogram whose buckets are series: upper bounds with the count of all observations up to there. */
export interface BucketSeries {
  readonly buckets: readonly (readonly [bound: number, cumulativeCount: number])[];
  readonly count: number;
  readonly sum: number | undefined;
  readonly stale: boolean;
  readonly isDelta: boolean;
}

/** Adds a histogram's series: `_bucket` for each bound and +Inf, `_count`, and `_sum` where it is known. Answers with the way to find the bucket that a value is in. */
export function addBuckets(
  point: TranslatedPoint,
  metric: string,
  { buckets, count, sum, stale, isDelta }: BucketSeries,
): (value: number) => SeriesSlot {
  const finite = buckets.filter(([bound]) => bound !== Number.POSITIVE_INFINITY);
  const slots = [...finite, [Number.POSITIVE_INFINITY, count] as const].map(([bound, cumulative]) => {
    const slot = point.series(`${metric}_bucket`, ['le', formatBound(bound)]);
    point.sample(slot, stale ? 'stale' : cumulative, isDelta);
    return { bound, slot };
  });
  point.sample(point.series(`${metric}_count`), stale ? 'stale' : count, isDelta);
  if (sum !== undefined || stale) {
    point.sample(point.series(`${metric}_sum`), stale ? 'stale' : (sum ?? 0), isDelta);
  }
  const last = slots.at(-1)?.slot ?? point.series(`${metric}_bucket`);
  return (value) => slots.find(({ bound }) => value <= bound)?.slot ?? last;
}

/** A summary. */
export interface QuantileSeries {
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
  readonly count: number | undefined;
  readonly sum: number | undefined;
  readonly stale: boolean;
}

/** Adds a summary's series: its quantiles, `_sum` and `_count` where they are known. */
export function addQuantiles(
  point: TranslatedPoint,
  metric: string,
  { quantiles, count, sum, stale }: QuantileSeries,
): void {
  const add = (suffix: string, value: PointValue | undefined): void => {
    if (value !== undefined) {
      point.sample(point.series(metric + suffix), stale ? 'stale' : value);
    }
  };
  for (const { quantile, value } of quantiles) {
    point.sample(point.series(metric, ['quantile', formatBound(quantile)]), stale ? 'stale' : value);
  }
  add('_sum', sum);
  add('_count', count);
}
