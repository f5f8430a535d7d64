import { formatBound } from './format-bound.ts';
import type { Labels, MetricMetadata } from './metric-batch.ts';
import { METRIC_NAME, normalizeLabels } from './normalize-labels.ts';

/** A label set of a metric made of logs: one series, or all that a histogram has of it. */
export interface LogLabelSet {
  readonly metadata: MetricMetadata;
  /** As `normalizeLabels` makes them, without a name. */
  readonly labels: Labels;
  /** Finite upper bounds of a histogram, ascending; none for other types. */
  readonly bounds: readonly number[];
}

/** What the logs of a batch do to a label set: its values become `set`, or stay what they were, and `add` more. */
export interface LogMetricChange extends LogLabelSet {
  readonly set: number | undefined;
  /** As many and in the order of `seriesOfLabelSet`. */
  readonly add: readonly number[];
}

/** The labels of each series of a label set: of a histogram its buckets, its sum and its count. */
export function seriesOfLabelSet({ metadata: { metric, type }, labels, bounds }: LogLabelSet): readonly Labels[] {
  const named = (name: string, ...more: Labels) => normalizeLabels([[METRIC_NAME, name], ...more, ...labels]);
  if (type !== 'histogram') {
    return [named(metric)];
  }
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound) =>
    named(`${metric}_bucket`, ['le', formatBound(bound)]),
  );
  return [...buckets, named(`${metric}_sum`), named(`${metric}_count`)];
}
