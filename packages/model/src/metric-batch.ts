// Metrics as Prometheus has them: https://prometheus.io/docs/concepts/data_model/. Every protocol is translated to this.

/** A label set, sorted by name (UTF-16 order of the names), `__name__` among them, no empty values, no name twice. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** One time series of a batch. */
export interface MetricSeries {
  /** The first 64 bits of SHA-256 over the labels as `seriesId` writes them: the series' name within its organization. */
  readonly id: bigint;
  /** The same over the metric's name alone; series of one metric are stored together. */
  readonly metricId: bigint;
  readonly labels: Labels;
  /** Who last found nothing in the labels that must not be stored. Decoders give the same object for the same series in batch after batch, and of tens of thousands each, asking a set would cost as much as decoding them does. */
  cleanBy?: object | undefined;
  /** What the store's encoder wrote of it last; nobody else's business, and here for the same reason. */
  written?: object | undefined;
}

/** Float samples column by column; `length` of each array is at least `count`. Several samples of one series need not stand together. */
export interface SampleColumns {
  count: number;
  /** Index into the batch's `series`. */
  series: Uint32Array;
  /** Unix ms. */
  timestampMs: Float64Array;
  /** NaN with the bits 0x7ff0000000000002 is Prometheus's staleness marker, so the bits of a NaN must be kept. */
  value: Float64Array;
  /** Unix ms since which a cumulative value counts; 0 when not known. */
  startMs: Float64Array;
}

/**
 * A native histogram: https://prometheus.io/docs/specs/native_histograms/. Buckets are absolute counts, not deltas. Schemas -4 to 8 are exponential (bucket i ends at
 * 2^(i·2^-schema)), -53 has `customValues` for upper bounds.
 */
export interface NativeHistogram {
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly count: number;
  readonly sum: number;
  readonly positive: HistogramBuckets;
  readonly negative: HistogramBuckets;
  readonly customValues: readonly number[];
  /** Prometheus's CounterResetHint. */
  readonly resetHint: 'unknown' | 'reset' | 'not-reset' | 'gauge';
}

/** Runs of buckets: a span begins `offset` buckets after the one before it ended (the first: at index `offset`) and has `length` buckets; `counts` are those of all spans joined. */
export interface HistogramBuckets {
  readonly spans: readonly { readonly offset: number; readonly length: number }[];
  readonly counts: readonly number[];
}

/** A native histogram of a series at a time. */
export interface HistogramSample {
  readonly series: number;
  readonly timestampMs: number;
  readonly startMs: number;
  readonly histogram: NativeHistogram;
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#exemplars */
export interface ExemplarSample {
  readonly series: number;
  readonly timestampMs: number;
  readonly value: number;
  /** `trace_id` and `span_id` among them, where known. */
  readonly labels: Labels;
}

/** Prometheus's metric types. */
export const METRIC_TYPES = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
] as const;

/** One of them. */
export type MetricType = (typeof METRIC_TYPES)[number];

/** What is known of a metric besides its values. Absent texts are `''`. */
export interface MetricMetadata {
  readonly metric: string;
  readonly type: MetricType;
  readonly unit: string;
  readonly help: string;
}

/** Increments that must be added up before they are samples: OTLP's delta temporality. */
export interface DeltaColumns {
  /** Float increments; `startMs` is where the increment's interval begins. */
  readonly samples: SampleColumns;
  histograms: readonly HistogramSample[];
}

/** One organization's metrics of one batch. Stages change it in place, but not its series, samples and labels themselves: decoders share those between batches. */
export interface MetricBatch {
  series: readonly MetricSeries[];
  readonly samples: SampleColumns;
  histograms: readonly HistogramSample[];
  exemplars: readonly ExemplarSample[];
  metadata: readonly MetricMetadata[];
  readonly deltas: DeltaColumns;
}
