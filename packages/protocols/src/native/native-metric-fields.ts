import {
  type JsonObject,
  type JsonValue,
  METRIC_NAME,
  METRIC_TYPES,
  type MetricType,
  nanosFromMs,
  parseTimestamp,
} from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { SentLabels } from '../metrics/label-rules.ts';

const NANOS_PER_MS = 1_000_000n;
/** What a JSON number of Unix nanoseconds may be off by, and so before the millisecond that was meant. */
const DOUBLE_STEP_NANOS = 256n;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/** What a native metric may say it is. Without a type it is what its fields say, or a value of unknown meaning. */
export type NativeMetricType = 'gauge' | 'counter' | 'histogram' | 'summary' | 'unknown';

const NATIVE_TYPES: readonly MetricType[] = ['gauge', 'counter', 'histogram', 'summary'];

/** The type of a metric; `undefined` for one that is none. */
export function nativeTypeOf(metric: JsonObject): NativeMetricType | undefined {
  const { type } = metric;
  if (type === undefined || type === null) {
    return isPresent(metric.buckets) ? 'histogram' : isPresent(metric.quantiles) ? 'summary' : 'unknown';
  }
  const known = METRIC_TYPES.find((name) => name === type && NATIVE_TYPES.includes(name));
  return known as NativeMetricType | undefined;
}

/** True for a member that says something. */
export function isPresent(value: JsonValue | undefined): value is Exclude<JsonValue, null> {
  return value !== undefined && value !== null;
}

/** A number; also `"NaN"`, `"+Inf"` and `"-Inf"` as texts, which JSON has no numbers for. `undefined` for what is none. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  if (value === 'NaN') {
    return Number.NaN;
  }
  const match = INFINITY.exec(value);
  return match === null ? undefined : match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** A number that is the name of a member: a bucket's bound, a quantile. NaN for what is none. */
function numberOfName(name: string): number {
  return name.trim() === '' ? Number.NaN : (numberOf(name) ?? Number(name));
}

/** Unix ms, whole, of a year near the time of receipt if it says none; `undefined` for what is no time. */
export function msOf(value: JsonValue | undefined, receivedAtMs: number): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return undefined;
  }
  const nanos = typeof value === 'number' ? parseTimestamp(value) : parseTimestamp(value, nanosFromMs(receivedAtMs));
  if (nanos === undefined) {
    return undefined;
  }
  const exact = typeof value === 'number' && !Number.isSafeInteger(value) ? nanos + DOUBLE_STEP_NANOS : nanos;
  return Number(exact / NANOS_PER_MS);
}

/** Labels that tell the series of a histogram or a summary apart, and the name: ours to give. */
export function reservedLabels(type: NativeMetricType): readonly string[] {
  return type === 'histogram' ? [METRIC_NAME, 'le'] : type === 'summary' ? [METRIC_NAME, 'quantile'] : [METRIC_NAME];
}

/** Whether a label's value can be one. */
export function isLabelValue(value: JsonValue): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null;
}

/** The labels of a record or an exemplar. */
export function labelsOf(labels: JsonValue | undefined): SentLabels {
  if (!isJsonObject(labels)) {
    return [];
  }
  return Object.keys(labels).map((name) => {
    const value = labels[name] ?? null;
    const text = value === null ? '' : typeof value === 'object' ? '' : String(value);
    return [name.toWellFormed(), text.toWellFormed()];
  });
}

/** A histogram's buckets in ascending order, as they were sent: +Inf among them or not. */
export function bucketsOf(buckets: JsonValue | undefined): (readonly [bound: number, cumulativeCount: number])[] {
  if (!isJsonObject(buckets)) {
    return [];
  }
  return Object.keys(buckets)
    .map((name): [number, number] => [numberOfName(name), numberOf(buckets[name]) ?? Number.NaN])
    .sort(([left], [right]) => left - right);
}

/** How many observations a histogram has: its count, or what is in all of its buckets. */
export function histogramCount(metric: JsonObject): number | undefined {
  const all = bucketsOf(metric.buckets).find(([bound]) => bound === Number.POSITIVE_INFINITY)?.[1];
  return numberOf(metric.count) ?? all;
}

/** Whether a summary is sent as its parts, not as one value: its quantiles, of which `{}` has none, or no value but a sum or a count. */
export function hasSummaryParts({ quantiles, sum, count, value }: JsonObject): boolean {
  const hasQuantiles = isPresent(quantiles) && !(isJsonObject(quantiles) && Object.keys(quantiles).length === 0);
  return hasQuantiles || ((isPresent(sum) || isPresent(count)) && !isPresent(value));
}

/** A summary's quantiles in ascending order. */
export function quantilesOf(quantiles: JsonValue | undefined): { quantile: number; value: number }[] {
  if (!isJsonObject(quantiles)) {
    return [];
  }
  return Object.keys(quantiles)
    .map((name) => ({ quantile: numberOfName(name), value: numberOf(quantiles[name]) ?? Number.NaN }))
    .sort((left, right) => left.quantile - right.quantile);
}
