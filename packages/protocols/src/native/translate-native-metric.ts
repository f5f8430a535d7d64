import { type JsonObject, type JsonValue, METRIC_NAME, type MetricMetadata, normalizeLabels } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { LabelBytes } from '../metrics/label-bytes.ts';
import type { SeriesSlot } from '../metrics/metric-batch-builder.ts';
import type { SampleWindow } from '../metrics/sample-window.ts';
import { addBuckets, addQuantiles } from '../metrics/series-buckets.ts';
import { TranslatedPoint } from '../metrics/translated-point.ts';
import { exemplarLabelsOf } from './check-native-metric.ts';
import {
  bucketsOf,
  hasSummaryParts,
  histogramCount,
  labelsOf,
  msOf,
  nativeTypeOf,
  numberOf,
  quantilesOf,
} from './native-metric-fields.ts';

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.toWellFormed() : '';
}

/** A native metric's metadata. */
export function nativeMetadataOf(metric: JsonObject): MetricMetadata {
  return {
    metric: textOf(metric.name),
    type: nativeTypeOf(metric) ?? 'unknown',
    unit: textOf(metric.unit),
    help: textOf(metric.description),
  };
}

/** Adds the record's values; answers with the way to the series that an exemplar of a value belongs to. */
function addValues(point: TranslatedPoint, metric: JsonObject): (value: number) => SeriesSlot {
  const name = textOf(metric.name);
  const type = nativeTypeOf(metric);
  const sum = numberOf(metric.sum);
  if (type === 'histogram') {
    const count = histogramCount(metric) ?? 0;
    return addBuckets(point, name, { buckets: bucketsOf(metric.buckets), count, sum, stale: false, isDelta: false });
  }
  if (type === 'summary' && hasSummaryParts(metric)) {
    const quantiles = quantilesOf(metric.quantiles);
    addQuantiles(point, name, { quantiles, count: numberOf(metric.count), sum, stale: false });
    return () => point.series(`${name}_count`);
  }
  const slot = point.series(name);
  point.sample(slot, numberOf(metric.value) ?? Number.NaN);
  return () => slot;
}

function addExemplar(
  point: TranslatedPoint,
  metric: JsonObject,
  slotOf: (value: number) => SeriesSlot,
  window: SampleWindow,
): void {
  const { exemplar } = metric;
  if (isJsonObject(exemplar)) {
    const value = numberOf(exemplar.value) ?? numberOf(metric.value) ?? Number.NaN;
    const timestampMs = window.place(msOf(exemplar.timestamp, window.receivedAtMs) ?? point.timestampMs);
    point.exemplar(slotOf(value), timestampMs, value, normalizeLabels(exemplarLabelsOf(exemplar)));
  }
}

/** A native metric as series: the name and the labels are kept as they are. Total: also what `checkNativeMetric` refuses becomes something. */
export function translateNativeMetric(sent: JsonValue, window: SampleWindow, labelBytes: LabelBytes): TranslatedPoint {
  const metric = isJsonObject(sent) ? sent : {};
  const labels = labelsOf(metric.labels).filter(([name]) => name !== METRIC_NAME);
  const timestampMs = window.place(msOf(metric.timestamp, window.receivedAtMs) ?? window.receivedAtMs);
  const point = new TranslatedPoint(labels, { timestampMs, startMs: 0 }, 'samples', labelBytes);
  addExemplar(point, metric, addValues(point, metric), window);
  return point;
}
