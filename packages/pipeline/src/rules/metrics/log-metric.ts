import type { Labels, MetricMetadata, PipelineMetric } from '@aegisguard/model';

/** A metric that a step makes. */
export interface LogMetric {
  readonly metadata: MetricMetadata & Pick<PipelineMetric, 'type'>;
  /** Finite upper bounds of a histogram, ascending; none for other types. */
  readonly bounds: readonly number[];
}

/** What one log does to a metric. */
export interface Observation {
  readonly metric: LogMetric;
  /** In the order of the step, without empty ones. */
  readonly labels: Labels;
  readonly action: PipelineMetric['action'];
  readonly value: number;
}
