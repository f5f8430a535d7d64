// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
import type { JsonObject } from '@aegisguard/model';
import type { RecordFault } from '../records/record-rejection.ts';

/** What a metric's `data` can be. */
export type OtlpMetricKind = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';

/** `AggregationTemporality` by its numbers. */
const UNSPECIFIED = 0;
/** Each point says what was added since the one before. */
export const DELTA = 1;
/** Each point says everything since the start. */
export const CUMULATIVE = 2;

/** A `Metric` without its points. */
export class OtlpMetric {
  name = '';
  description = '';
  unit = '';
  kind: OtlpMetricKind | undefined;
  temporality = UNSPECIFIED;
  isMonotonic = false;
  metadata: JsonObject = {};
}

/** One side of an exponential histogram: `counts[i]` is of bucket `offset + i`. */
export interface OtlpBuckets {
  offset: number;
  counts: number[];
}

/** An `Exemplar`. */
export class OtlpExemplar {
  timeNanos = 0n;
  value = Number.NaN;
  /** Hexadecimal. */
  traceId = '';
  /** Hexadecimal. */
  spanId = '';
  attributes: JsonObject = {};
}

/** A data point of any kind: the fields of all of them. `undefined` is what was not sent where that is told from 0. */
export class OtlpPoint {
  attributes: JsonObject = {};
  startNanos = 0n;
  timeNanos = 0n;
  flags = 0;
  value: number | undefined;
  count = 0;
  sum: number | undefined;
  min: number | undefined;
  max: number | undefined;
  bucketCounts: number[] = [];
  explicitBounds: number[] = [];
  scale = 0;
  zeroCount = 0;
  zeroThreshold = 0;
  positive: OtlpBuckets = { offset: 0, counts: [] };
  negative: OtlpBuckets = { offset: 0, counts: [] };
  quantiles: { quantile: number; value: number }[] = [];
  exemplars: OtlpExemplar[] = [];
  /** What was wrong with how it was written. */
  fault: RecordFault | undefined;
}

/** `DataPointFlags`: the series has no value from here on. */
export const NO_RECORDED_VALUE = 1;

/** What is done with a request's parts, in the order of its bytes or lists. */
export interface MetricsHandler {
  resource(resource: JsonObject, fault: RecordFault | undefined): void;
  scope(scope: OtlpScope): void;
  metric(metric: OtlpMetric): void;
  point(point: OtlpPoint): void;
  endOfResource(): void;
}

/** An `InstrumentationScope` and the schema URL of its group. */
export interface OtlpScope {
  readonly name: string;
  readonly version: string;
  readonly schemaUrl: string;
  readonly attributes: JsonObject;
  readonly fault: RecordFault | undefined;
}
