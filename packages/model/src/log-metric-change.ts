import type { Labels, MetricMetadata } from './metric-batch.ts';

/** What the logs of a batch do to a series: its value becomes `set`, or stays what it was, and `add` more. */
export interface LogMetricChange {
  /** As `normalizeLabels` makes them. */
  readonly labels: Labels;
  /** Of the metric that the series is of. */
  readonly metadata: MetricMetadata;
  readonly set: number | undefined;
  readonly add: number;
}
