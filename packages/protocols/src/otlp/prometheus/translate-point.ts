// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#otlp-metric-points-to-prometheus
import { METRIC_TYPES, type MetricMetadata, type MetricType, normalizeLabels } from '@aegisguard/model';
import { checkNativeHistogram } from '../../metrics/check-native-histogram.ts';
import type { LabelBytes } from '../../metrics/label-bytes.ts';
import { checkLabelLimits, type SentLabels } from '../../metrics/label-rules.ts';
import type { SeriesSlot } from '../../metrics/metric-batch-builder.ts';
import { HISTOGRAM_BUCKETS_MAX, SERIES_BUCKETS_MAX } from '../../metrics/metric-limits.ts';
import type { SampleWindow } from '../../metrics/sample-window.ts';
import { addBuckets, addQuantiles, checkBounds } from '../../metrics/series-buckets.ts';
import { type PointValue, TranslatedPoint } from '../../metrics/translated-point.ts';
import type { RecordFault } from '../../records/record-rejection.ts';
import {
  CUMULATIVE,
  DELTA,
  NO_RECORDED_VALUE,
  type OtlpExemplar,
  type OtlpMetric,
  type OtlpPoint,
} from '../metric-message.ts';
import { invalid } from '../otlp-faults.ts';
import { nativeHistogramOf } from './exponential-buckets.ts';
import type { MetricOrigin } from './metric-origin.ts';
import { attributeLabels, joinLabels } from './prometheus-labels.ts';
import { prometheusName, prometheusUnit } from './prometheus-name.ts';

const NANOS_PER_MS = 1_000_000n;
const TRACE_ID = 'trace_id';
const SPAN_ID = 'span_id';
const EXEMPLAR_RESERVED: ReadonlySet<string> = new Set([TRACE_ID, SPAN_ID]);
const NO_ID = /^0*$/;

/** A metric as Prometheus knows it. */
export interface NamedMetric {
  readonly metric: OtlpMetric;
  /** `''` when the metric has none that can be kept. */
  readonly name: string;
  readonly metadata: MetricMetadata;
}

function typeOf({ kind, isMonotonic, metadata }: OtlpMetric): MetricType {
  const isPlain = kind === 'gauge' || (kind === 'sum' && !isMonotonic);
  const hint = metadata['prometheus.type'];
  if (isPlain && typeof hint === 'string') {
    return METRIC_TYPES.find((type) => type === hint && ['unknown', 'info', 'stateset'].includes(type)) ?? 'gauge';
  }
  switch (kind) {
    case 'sum':
      return isMonotonic ? 'counter' : 'gauge';
    case 'summary':
      return 'summary';
    case 'histogram':
    case 'exponentialHistogram':
      return 'histogram';
    default:
      return 'gauge';
  }
}

/** Names a metric. */
export function nameMetric(metric: OtlpMetric): NamedMetric {
  const isCounter = metric.kind === 'sum' && metric.isMonotonic;
  const name = prometheusName(
    metric.name,
    metric.unit,
    isCounter ? 'counter' : metric.kind === 'gauge' ? 'gauge' : 'other',
  );
  return {
    metric,
    name,
    metadata: { metric: name, type: typeOf(metric), unit: prometheusUnit(metric.unit), help: metric.description },
  };
}

function checkMetric({ metric, name }: NamedMetric): RecordFault | undefined {
  if (name === '') {
    const problem = metric.name === '' ? 'the metric has no name' : 'the metric has a name without letters and digits';
    return invalid('/name', problem);
  }
  const hasTemporality = metric.kind !== 'gauge' && metric.kind !== 'summary';
  return hasTemporality && metric.temporality !== DELTA && metric.temporality !== CUMULATIVE
    ? invalid('/aggregationTemporality', 'the aggregation temporality must be delta or cumulative')
    : undefined;
}

function checkExplicit({ bucketCounts, explicitBounds, count }: OtlpPoint): RecordFault | undefined {
  if (explicitBounds.length > SERIES_BUCKETS_MAX) {
    return invalid('/explicitBounds', `a histogram has at most ${SERIES_BUCKETS_MAX} bounds`);
  }
  if (bucketCounts.length === 0 && explicitBounds.length === 0) {
    return undefined;
  }
  if (bucketCounts.length !== explicitBounds.length + 1) {
    const found = `${bucketCounts.length} bucket counts for ${explicitBounds.length} bounds`;
    return invalid('/bucketCounts', `there must be one bucket count more than bounds, found ${found}`);
  }
  const problem = checkBounds(explicitBounds);
  if (problem !== undefined) {
    return invalid('/explicitBounds', problem);
  }
  const sum = bucketCounts.reduce((total, bucket) => total + bucket, 0);
  return sum === count ? undefined : invalid('/count', `the bucket counts add up to ${sum}, but the count is ${count}`);
}

function checkExponential(point: OtlpPoint): RecordFault | undefined {
  if (Math.max(point.positive.counts.length, point.negative.counts.length) > HISTOGRAM_BUCKETS_MAX) {
    return invalid('', `a histogram has at most ${HISTOGRAM_BUCKETS_MAX} buckets`);
  }
  if (point.scale < -4) {
    return invalid('/scale', `the scale is ${point.scale}; below -4 there is no native histogram that is as coarse`);
  }
  const problem = checkNativeHistogram(nativeHistogramOf(point), true);
  return problem === undefined ? undefined : invalid('', `the histogram is not valid: ${problem}`);
}

function checkSummary({ quantiles }: OtlpPoint): RecordFault | undefined {
  if (quantiles.length > SERIES_BUCKETS_MAX) {
    return invalid('/quantileValues', `a summary has at most ${SERIES_BUCKETS_MAX} quantiles`);
  }
  const seen = new Set(quantiles.map(({ quantile }) => quantile));
  return quantiles.every(({ quantile }) => quantile >= 0 && quantile <= 1) && seen.size === quantiles.length
    ? undefined
    : invalid('/quantileValues', 'quantiles must be from 0 to 1, none twice');
}

function isStale({ flags }: OtlpPoint): boolean {
  return (flags & NO_RECORDED_VALUE) !== 0;
}

function checkData({ kind }: OtlpMetric, point: OtlpPoint): RecordFault | undefined {
  if (isStale(point)) {
    return undefined;
  }
  switch (kind) {
    case 'histogram':
      return checkExplicit(point);
    case 'exponentialHistogram':
      return checkExponential(point);
    case 'summary':
      return checkSummary(point);
    default:
      return point.value === undefined ? invalid('', 'a data point must have a value: asDouble or asInt') : undefined;
  }
}

/** What is wrong with a data point, besides its labels and its age. */
export function checkPoint(named: NamedMetric, point: OtlpPoint): RecordFault | undefined {
  return point.fault ?? checkMetric(named) ?? checkData(named.metric, point);
}

/** Unix ms of a time in ns; whole ms, so that a double holds it. */
function msOf(nanos: bigint): number {
  return Number(nanos / NANOS_PER_MS);
}

/** A point's times. One that does not say when it was has the time of receipt. */
export function timesOf(
  point: OtlpPoint,
  window: SampleWindow,
): { sentMs: number; timestampMs: number; startMs: number } {
  const sentMs = point.timeNanos === 0n ? window.receivedAtMs : msOf(point.timeNanos);
  const timestampMs = window.place(sentMs);
  return { sentMs, timestampMs, startMs: window.placeStart(msOf(point.startNanos), timestampMs) };
}

/** An exemplar's labels. Where they are more, or longer, than labels may be, the ids are what is kept. */
function exemplarLabels(exemplar: OtlpExemplar): SentLabels {
  const ids: [string, string][] = [];
  if (!NO_ID.test(exemplar.traceId)) {
    ids.push([TRACE_ID, exemplar.traceId]);
  }
  if (!NO_ID.test(exemplar.spanId)) {
    ids.push([SPAN_ID, exemplar.spanId]);
  }
  const labels = [...ids, ...joinLabels(attributeLabels(exemplar.attributes), EXEMPLAR_RESERVED)];
  if (checkLabelLimits(labels) === undefined) {
    return labels;
  }
  return checkLabelLimits(ids) === undefined ? ids : [];
}

/** Translates the points of one metric from one origin. */
export class PointTranslator {
  readonly #named: NamedMetric;
  readonly #origin: MetricOrigin;
  readonly #window: SampleWindow;
  readonly #labelBytes: LabelBytes;

  constructor(named: NamedMetric, origin: MetricOrigin, window: SampleWindow, labelBytes: LabelBytes) {
    this.#named = named;
    this.#origin = origin;
    this.#window = window;
    this.#labelBytes = labelBytes;
  }

  /**
   * A point as series. Total: a point that `checkPoint` refuses becomes something, too. A delta without a recorded value becomes nothing: there is no increment, and the sum
   * that it would be added to has not ended.
   */
  translate(point: OtlpPoint): TranslatedPoint {
    const { metric, name } = this.#named;
    const labels = this.#origin.labelsOf(point.attributes);
    const kind = metric.kind === 'exponentialHistogram' ? 'histograms' : 'samples';
    const translated = new TranslatedPoint(labels, timesOf(point, this.#window), kind, this.#labelBytes);
    const isDelta = metric.temporality === DELTA && metric.kind !== 'gauge' && metric.kind !== 'summary';
    if (isDelta && isStale(point)) {
      return translated;
    }
    switch (metric.kind) {
      case 'histogram':
        this.#explicit(translated, name, point, isDelta);
        break;
      case 'exponentialHistogram':
        this.#exponential(translated, name, point, isDelta);
        break;
      case 'summary':
        addQuantiles(translated, name, isStale(point) ? { ...point, stale: true } : { ...point, stale: false });
        break;
      default: {
        const slot = translated.series(name);
        translated.sample(slot, isStale(point) ? 'stale' : (point.value ?? 0), isDelta);
        this.#exemplars(translated, point, () => slot);
      }
    }
    return translated;
  }

  #explicit(translated: TranslatedPoint, name: string, point: OtlpPoint, isDelta: boolean): void {
    const stale = isStale(point);
    let count = 0;
    const cumulative = point.explicitBounds.map((bound, at): readonly [number, number] => {
      count += point.bucketCounts[at] ?? 0;
      return [bound, count];
    });
    const bucketOf = addBuckets(translated, name, {
      buckets: cumulative,
      count: point.count,
      sum: point.sum,
      stale,
      isDelta,
    });
    this.#extremes(translated, name, point);
    this.#exemplars(translated, point, bucketOf);
  }

  #exponential(translated: TranslatedPoint, name: string, point: OtlpPoint, isDelta: boolean): void {
    const slot = translated.series(name);
    if (isStale(point)) {
      translated.sample(slot, 'stale');
    } else {
      translated.histogram(slot, nativeHistogramOf(point), isDelta);
    }
    this.#extremes(translated, name, point);
    this.#exemplars(translated, point, () => slot);
  }

  /** Prometheus has no place for them, so they are gauges of their own. */
  #extremes(translated: TranslatedPoint, name: string, point: OtlpPoint): void {
    const add = (suffix: string, value: PointValue | undefined): void => {
      if (value !== undefined) {
        translated.sample(translated.series(name + suffix), isStale(point) ? 'stale' : value);
      }
    };
    add('_min', point.min);
    add('_max', point.max);
  }

  #exemplars(translated: TranslatedPoint, point: OtlpPoint, slotOf: (value: number) => SeriesSlot): void {
    for (const exemplar of point.exemplars) {
      const sentMs = exemplar.timeNanos === 0n ? translated.timestampMs : msOf(exemplar.timeNanos);
      if (!this.#window.isTooOld(sentMs) && !Number.isNaN(exemplar.value)) {
        const labels = normalizeLabels(exemplarLabels(exemplar));
        translated.exemplar(slotOf(exemplar.value), this.#window.place(sentMs), exemplar.value, labels);
      }
    }
  }
}
