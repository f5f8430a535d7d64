// Classic histograms, whose buckets are series, and native ones are taken alike: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
import type { Labels, NativeHistogram } from '@aegisguard/model';
import { metricName } from '../../evaluate/label-order.ts';
import { labelsKey } from '../../evaluate/labels-key.ts';
import { POINT, type Value, type VectorSeries } from '../../evaluate/value.ts';
import type { ClassicBucket } from '../../histograms/classic-buckets.ts';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { parseBucketBound } from '../../histograms/parse-bucket-bound.ts';
import { argumentOf } from '../call-arguments.ts';
import type { CallContext } from '../function-implementation.ts';

const BUCKET_LABEL = 'le';

/** All series of one histogram: labels are equal but for `le`. */
export interface HistogramSource {
  readonly labels: Labels;
  readonly metric: string;
  readonly native: VectorSeries | undefined;
  readonly buckets: readonly { readonly upper: number; readonly series: VectorSeries }[];
}

/** A histogram at a point. */
export type HistogramAtPoint = NativeHistogram | readonly ClassicBucket[];

/** Finds the histograms of the function's argument of that index. Warns of series that are not buckets. */
export function histogramSources(context: CallContext, argument: number): HistogramSource[] {
  const value = context.values[argument];
  const { source } = argumentOf(context, argument);
  const found = new Map<
    string,
    { labels: Labels; native: VectorSeries | undefined; buckets: HistogramSource['buckets'][number][] }
  >();
  const at = (labels: Labels) => {
    const key = labelsKey(labels);
    const known = found.get(key) ?? { labels, native: undefined, buckets: [] };
    found.set(key, known);
    return known;
  };
  for (const series of seriesOf(value)) {
    if (series.kinds.includes(POINT.histogram)) {
      at(series.labels).native = series;
    }
    if (series.kinds.includes(POINT.float)) {
      const le = series.labels.find(([name]) => name === BUCKET_LABEL)?.[1] ?? '';
      const upper = parseBucketBound(le);
      if (upper === undefined) {
        context.annotations.warn(HISTOGRAM_MESSAGES.badBucketLabel(metricName(series.labels), le), source);
      } else {
        at(series.labels.filter(([name]) => name !== BUCKET_LABEL)).buckets.push({ upper, series });
      }
    }
  }
  return [...found.values()].map((histogram) => ({ ...histogram, metric: metricName(histogram.labels) }));
}

/** The histogram at a point; undefined when there is none, or, with a warning, both a native and a classic one. */
export function histogramAt(
  { native, buckets, metric }: HistogramSource,
  point: number,
  context: CallContext,
  argument: number,
): HistogramAtPoint | undefined {
  const present: ClassicBucket[] = [];
  for (const { upper, series } of buckets) {
    if (series.kinds[point] === POINT.float) {
      present.push({ upper, count: series.values[point] ?? 0 });
    }
  }
  const histogram = native?.kinds[point] === POINT.histogram ? native.histograms?.[point] : undefined;
  if (histogram === undefined) {
    return present.length > 0 ? present : undefined;
  }
  if (present.length > 0) {
    context.annotations.warn(HISTOGRAM_MESSAGES.mixedWithClassic(metric), argumentOf(context, argument).source);
    return undefined;
  }
  return histogram;
}

/** Whether it is a native histogram. */
export function isNative(histogram: HistogramAtPoint): histogram is NativeHistogram {
  return 'schema' in histogram;
}

function seriesOf(value: Value | undefined): readonly VectorSeries[] {
  return value?.type === 'vector' ? value.series : [];
}
