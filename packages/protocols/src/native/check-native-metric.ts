import { type JsonObject, type JsonValue, normalizeLabels } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { checkLabelLimits, type SentLabels } from '../metrics/label-rules.ts';
import { SERIES_BUCKETS_MAX } from '../metrics/metric-limits.ts';
import type { SampleWindow } from '../metrics/sample-window.ts';
import { checkBounds } from '../metrics/series-buckets.ts';
import { quoteInput, type RecordFault } from '../records/record-rejection.ts';
import { invalidField as invalid, requiredTextFault } from './field-faults.ts';
import {
  bucketsOf,
  hasSummaryParts,
  histogramCount,
  isLabelValue,
  isPresent,
  labelsOf,
  msOf,
  type NativeMetricType,
  nativeTypeOf,
  numberOf,
  quantilesOf,
  reservedLabels,
} from './native-metric-fields.ts';

/** What a number must be, for messages. */
const NUMBER = 'must be a number, or "NaN", "+Inf" or "-Inf"';

function checkText(metric: JsonObject, key: 'unit' | 'description'): RecordFault | undefined {
  const value = metric[key];
  return value === undefined || value === null || typeof value === 'string'
    ? undefined
    : invalid(`/${key}`, `${key} must be a text`);
}

function checkOptionalNumber(metric: JsonObject, key: 'sum' | 'count'): RecordFault | undefined {
  return isPresent(metric[key]) && numberOf(metric[key]) === undefined
    ? invalid(`/${key}`, `${key} ${NUMBER}`)
    : undefined;
}

function checkLabelObject(
  labels: JsonValue | undefined,
  path: string,
  reserved: readonly string[],
): RecordFault | undefined {
  if (labels === undefined || labels === null) {
    return undefined;
  }
  if (!isJsonObject(labels)) {
    return invalid(path, 'labels must be an object');
  }
  for (const name of Object.keys(labels)) {
    if (!isLabelValue(labels[name] ?? null)) {
      return invalid(path, `the label ${quoteInput(name)} must be a text, a number or a truth value`);
    }
    if (reserved.includes(name)) {
      return invalid(path, `the label ${quoteInput(name)} is not the sender's to give`);
    }
  }
  // What is not well formed becomes so, and then two names may be one.
  return checkLabelLimits(labelsOf(labels));
}

function checkTime(value: JsonValue | undefined, path: string, window: SampleWindow): RecordFault | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const ms = msOf(value, window.receivedAtMs);
  if (ms === undefined) {
    const isScalar = typeof value === 'string' || typeof value === 'number';
    return invalid(
      path,
      isScalar
        ? `${quoteInput(value)} is not a time: RFC 3339, another usual form of date and time, or Unix s, ms, µs or ns`
        : 'timestamp must be a text or a number',
    );
  }
  return window.isTooOld(ms) ? window.tooOld(path) : undefined;
}

function checkBuckets(metric: JsonObject): RecordFault | undefined {
  const { buckets } = metric;
  if (!isJsonObject(buckets)) {
    return invalid('/buckets', 'a histogram must have buckets: {"<upper bound>": <count up to there>, …, "+Inf": …}');
  }
  const sorted = bucketsOf(buckets);
  if (sorted.length > SERIES_BUCKETS_MAX) {
    return invalid('/buckets', `a histogram has at most ${SERIES_BUCKETS_MAX} buckets`);
  }
  if (sorted.some(([bound]) => Number.isNaN(bound)) || checkBounds(sorted.map(([bound]) => bound)) !== undefined) {
    return invalid('/buckets', 'the names of buckets must be their upper bounds, numbers, none twice');
  }
  let below = 0;
  for (const [, count] of sorted) {
    if (!(count >= below && count < Number.POSITIVE_INFINITY)) {
      return invalid('/buckets', 'counts of buckets must be numbers from 0 that do not fall: each has those before it');
    }
    below = count;
  }
  return checkCount(metric, sorted.at(-1));
}

function checkCount(metric: JsonObject, last: readonly [number, number] | undefined): RecordFault | undefined {
  const count = histogramCount(metric);
  if (count === undefined) {
    return invalid('/count', 'a histogram must have a count, or a bucket "+Inf", which is the same');
  }
  if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
    return invalid('/count', 'count must be a number from 0');
  }
  if (last === undefined) {
    return undefined;
  }
  const [bound, inLast] = last;
  if (bound === Number.POSITIVE_INFINITY && inLast !== count) {
    return invalid('/count', `the bucket "+Inf" has ${inLast}, but the count is ${count}`);
  }
  return inLast > count ? invalid('/count', `a bucket has ${inLast}, but the count is ${count}`) : undefined;
}

function checkQuantiles(metric: JsonObject): RecordFault | undefined {
  if (!hasSummaryParts(metric)) {
    return checkValue(metric);
  }
  const quantiles = metric.quantiles ?? {};
  if (!isJsonObject(quantiles)) {
    return invalid('/quantiles', 'quantiles must be an object {"<from 0 to 1>": <value>}');
  }
  const sorted = quantilesOf(quantiles);
  if (sorted.length > SERIES_BUCKETS_MAX) {
    return invalid('/quantiles', `a summary has at most ${SERIES_BUCKETS_MAX} quantiles`);
  }
  const isRight =
    sorted.every(({ quantile }) => quantile >= 0 && quantile <= 1) &&
    new Set(sorted.map(({ quantile }) => quantile)).size === sorted.length;
  if (!isRight) {
    return invalid('/quantiles', 'the names of quantiles must be numbers from 0 to 1, none twice');
  }
  return Object.values(quantiles).every((value) => numberOf(value) !== undefined)
    ? undefined
    : invalid('/quantiles', `the value of a quantile ${NUMBER}`);
}

function checkValue(metric: JsonObject): RecordFault | undefined {
  if (!isPresent(metric.value)) {
    return invalid('/value', 'value is required');
  }
  return numberOf(metric.value) === undefined ? invalid('/value', `value ${NUMBER}`) : undefined;
}

function checkData(metric: JsonObject, type: NativeMetricType): RecordFault | undefined {
  switch (type) {
    case 'histogram':
      return checkBuckets(metric) ?? checkOptionalNumber(metric, 'sum') ?? checkOptionalNumber(metric, 'count');
    case 'summary':
      return checkQuantiles(metric) ?? checkOptionalNumber(metric, 'sum') ?? checkOptionalNumber(metric, 'count');
    default:
      return checkValue(metric);
  }
}

function checkExemplar(exemplar: JsonValue | undefined, window: SampleWindow): RecordFault | undefined {
  if (!isPresent(exemplar)) {
    return undefined;
  }
  if (!isJsonObject(exemplar)) {
    return invalid('/exemplar', 'exemplar must be an object {"value", "timestamp"?, "traceId"?, "spanId"?, "labels"?}');
  }
  if (isPresent(exemplar.value) && numberOf(exemplar.value) === undefined) {
    return invalid('/exemplar/value', `value ${NUMBER}`);
  }
  for (const key of ['traceId', 'trace_id', 'spanId', 'span_id'] as const) {
    if (isPresent(exemplar[key]) && typeof exemplar[key] !== 'string') {
      return invalid(`/exemplar/${key}`, `${key} must be a text`);
    }
  }
  return (
    checkLabelObject(exemplar.labels, '/exemplar/labels', []) ??
    checkLabelLimits(exemplarLabelsOf(exemplar)) ??
    checkTime(exemplar.timestamp, '/exemplar/timestamp', window)
  );
}

/** The labels of an exemplar, its ids among them. */
export function exemplarLabelsOf(exemplar: JsonObject): SentLabels {
  const id = (name: string, ...keys: readonly string[]): [string, string][] => {
    const value = keys.map((key) => exemplar[key]).find((sent) => typeof sent === 'string' && sent !== '');
    return typeof value === 'string' ? [[name, value.toWellFormed()]] : [];
  };
  const ids = [...id('trace_id', 'traceId', 'trace_id'), ...id('span_id', 'spanId', 'span_id')];
  const taken = new Set(ids.map(([name]) => name));
  return [...ids, ...normalizeLabels(labelsOf(exemplar.labels).filter(([name]) => !taken.has(name)))];
}

/** The verdict on one native metric, besides that on its series: its first fault, or `undefined`. */
export function checkNativeMetric(metric: JsonValue, window: SampleWindow): RecordFault | undefined {
  if (!isJsonObject(metric)) {
    return invalid('', 'a metric must be an object');
  }
  const nameFault = requiredTextFault(metric, 'name');
  if (nameFault !== undefined) {
    return nameFault;
  }
  if (typeof metric.name === 'string' && !metric.name.isWellFormed()) {
    return invalid('/name', 'name has half of a surrogate pair, which no UTF-8 can say');
  }
  const type = nativeTypeOf(metric);
  if (type === undefined) {
    return invalid('/type', 'type must be gauge, counter, histogram or summary');
  }
  return (
    checkText(metric, 'unit') ??
    checkText(metric, 'description') ??
    checkLabelObject(metric.labels, '/labels', reservedLabels(type)) ??
    checkData(metric, type) ??
    checkExemplar(metric.exemplar, window) ??
    checkTime(metric.timestamp, '/timestamp', window)
  );
}
