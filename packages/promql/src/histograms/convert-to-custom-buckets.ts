// Native histograms with custom buckets from classic ones: https://prometheus.io/docs/specs/native_histograms/#custom-values
import { bucketsOf, CUSTOM_BUCKETS_SCHEMA, type NativeHistogram } from '@aegisguard/model';
import type { ClassicBucket } from './classic-buckets.ts';

/** What is known of a classic histogram at a time: its series `_bucket`, `_count` and `_sum`, as far as they exist. */
export interface ClassicHistogram {
  readonly buckets: readonly ClassicBucket[];
  readonly count: number | undefined;
  readonly sum: number | undefined;
}

/** The same as a native histogram; undefined when it is not one: bounds or counts are NaN, or a count is below that of a lower bucket. Of a bound that is there twice the first count is taken. */
export function convertToCustomBuckets({ buckets, count, sum }: ClassicHistogram): NativeHistogram | undefined {
  if (buckets.some((bucket) => Number.isNaN(bucket.upper) || Number.isNaN(bucket.count)) || Number.isNaN(count)) {
    return undefined;
  }
  const bounded = buckets
    .toSorted((left, right) => (left.upper < right.upper ? -1 : left.upper > right.upper ? 1 : 0))
    .filter(({ upper }, index, sorted) => upper !== sorted[index - 1]?.upper);
  const total = count ?? bounded.at(-1)?.count ?? 0;
  if (bounded.at(-1)?.upper !== Number.POSITIVE_INFINITY) {
    bounded.push({ upper: Number.POSITIVE_INFINITY, count: total });
  }
  const counts = bounded.map((bucket, index) => bucket.count - (bounded[index - 1]?.count ?? 0));
  if (counts.some((own) => own < 0)) {
    return undefined;
  }
  return {
    schema: CUSTOM_BUCKETS_SCHEMA,
    zeroThreshold: 0,
    zeroCount: 0,
    count: total,
    sum: sum ?? 0,
    positive: bucketsOf([...counts.entries()].filter(([, own]) => own !== 0)),
    negative: { spans: [], counts: [] },
    customValues: bounded.slice(0, -1).map(({ upper }) => upper),
    resetHint: 'unknown',
  };
}
