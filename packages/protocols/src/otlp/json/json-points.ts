// https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#json-protobuf-encoding
import type { JsonObject, JsonValue } from '@aegisguard/model';
import { isJsonObject } from '../../json/is-json-object.ts';
import { HISTOGRAM_BUCKETS_MAX } from '../../metrics/metric-limits.ts';
import type { RecordFault } from '../../records/record-rejection.ts';
import { type OtlpBuckets, OtlpExemplar, OtlpPoint } from '../metric-message.ts';
import { invalid } from '../otlp-faults.ts';
import { JsonMessageReader } from './json-message.ts';
import { parseDouble, parseInt64, parseUint64 } from './json-scalars.ts';
import { jsonAttributes } from './judged-attributes.ts';
import { memberOf } from './member-of.ts';

const KEPT_MAX = HISTOGRAM_BUCKETS_MAX + 1;
const EXEMPLARS_MAX = 1000;

/** Reads numbers of a message, remembering the first fault. */
class PointFields {
  readonly json = new JsonMessageReader('build');

  /** A double; `undefined` when it is absent. */
  double(message: JsonObject, camel: string, snake: string): number | undefined {
    const value = memberOf(message, camel, snake);
    const number = value === undefined ? undefined : parseDouble(value);
    if (value !== undefined && number === undefined) {
      this.json.wrong(camel, 'must be a number');
    }
    return number;
  }

  /** A whole number of 64 bits, not negative, as the nearest double. */
  count(message: JsonObject, camel: string, snake: string): number {
    return this.#countOf(memberOf(message, camel, snake) ?? 0, camel);
  }

  int32(message: JsonObject, camel: string, snake: string): number {
    const value = parseInt64(memberOf(message, camel, snake) ?? 0);
    if (typeof value !== 'number' || value !== (value | 0)) {
      this.json.wrong(camel, 'must be a whole number of 32 bits');
      return 0;
    }
    return value;
  }

  counts(message: JsonObject, camel: string, snake: string): number[] {
    return this.#list(message, camel, snake).map((value) => this.#countOf(value, camel));
  }

  doubles(message: JsonObject, camel: string, snake: string): number[] {
    return this.#list(message, camel, snake).map((value) => {
      const number = parseDouble(value);
      if (number === undefined) {
        this.json.wrong(camel, 'must be numbers');
      }
      return number ?? 0;
    });
  }

  /** A number as a double or an integer; `undefined` when it is neither. */
  value(message: JsonObject): number | undefined {
    const integer = memberOf(message, 'asInt', 'as_int');
    if (integer === undefined) {
      return this.double(message, 'asDouble', 'as_double');
    }
    const number = parseInt64(integer);
    if (number === undefined) {
      this.json.wrong('asInt', 'must be a whole number of 64 bits');
    }
    return number === undefined ? undefined : Number(number);
  }

  objects(message: JsonObject, camel: string, snake: string): JsonObject[] {
    const list = memberOf(message, camel, snake) ?? [];
    if (!Array.isArray(list) || !list.every(isJsonObject)) {
      this.json.wrong(camel, 'must be a list of objects');
      return [];
    }
    return list;
  }

  #countOf(value: JsonValue, name: string): number {
    const number = parseUint64(value);
    if (number === undefined) {
      this.json.wrong(name, 'must be a whole number of 64 bits, not negative');
    }
    return Number(number ?? 0n);
  }

  #list(message: JsonObject, camel: string, snake: string): readonly JsonValue[] {
    const list = memberOf(message, camel, snake) ?? [];
    if (!Array.isArray(list)) {
      this.json.wrong(camel, 'must be a list');
      return [];
    }
    return list.slice(0, KEPT_MAX);
  }
}

function readExemplar(sent: JsonObject, fields: PointFields): OtlpExemplar {
  const { json } = fields;
  const exemplar = new OtlpExemplar();
  exemplar.timeNanos = json.nanos(sent, 'timeUnixNano', 'time_unix_nano');
  exemplar.value = fields.value(sent) ?? Number.NaN;
  exemplar.traceId = json.text(sent, 'traceId', 'trace_id').toLowerCase();
  exemplar.spanId = json.text(sent, 'spanId', 'span_id').toLowerCase();
  const [attributes] = jsonAttributes(sent, 'filteredAttributes', 'filtered_attributes', '/filteredAttributes');
  exemplar.attributes = attributes;
  return exemplar;
}

function readBuckets(sent: JsonObject, name: string, fields: PointFields): OtlpBuckets {
  const buckets = memberOf(sent, name, name) ?? {};
  if (!isJsonObject(buckets)) {
    fields.json.wrong(name, 'must be an object');
    return { offset: 0, counts: [] };
  }
  return {
    offset: fields.int32(buckets, 'offset', 'offset'),
    counts: fields.counts(buckets, 'bucketCounts', 'bucket_counts'),
  };
}

/** Reads a data point of any kind: the kinds' fields that have one name mean the same. `fault` is what its metric has already. */
export function readJsonPoint(sent: JsonValue, fault: RecordFault | undefined): OtlpPoint {
  const point = new OtlpPoint();
  if (!isJsonObject(sent)) {
    point.fault = fault ?? invalid('', 'a data point must be an object');
    return point;
  }
  const fields = new PointFields();
  const { json } = fields;
  const [attributes, attributeFault] = jsonAttributes(sent, 'attributes', 'attributes', '/attributes');
  point.attributes = attributes;
  point.startNanos = json.nanos(sent, 'startTimeUnixNano', 'start_time_unix_nano');
  point.timeNanos = json.nanos(sent, 'timeUnixNano', 'time_unix_nano');
  point.flags = json.uint32(sent, 'flags', 'flags');
  point.value = fields.value(sent);
  point.count = fields.count(sent, 'count', 'count');
  point.sum = fields.double(sent, 'sum', 'sum');
  point.min = fields.double(sent, 'min', 'min');
  point.max = fields.double(sent, 'max', 'max');
  point.bucketCounts = fields.counts(sent, 'bucketCounts', 'bucket_counts');
  point.explicitBounds = fields.doubles(sent, 'explicitBounds', 'explicit_bounds');
  point.scale = fields.int32(sent, 'scale', 'scale');
  point.zeroCount = fields.count(sent, 'zeroCount', 'zero_count');
  point.zeroThreshold = fields.double(sent, 'zeroThreshold', 'zero_threshold') ?? 0;
  point.positive = readBuckets(sent, 'positive', fields);
  point.negative = readBuckets(sent, 'negative', fields);
  point.quantiles = fields.objects(sent, 'quantileValues', 'quantile_values').map((quantile) => ({
    quantile: fields.double(quantile, 'quantile', 'quantile') ?? 0,
    value: fields.double(quantile, 'value', 'value') ?? 0,
  }));
  point.exemplars = fields
    .objects(sent, 'exemplars', 'exemplars')
    .slice(0, EXEMPLARS_MAX)
    .map((exemplar) => readExemplar(exemplar, fields));
  point.fault = fault ?? attributeFault ?? json.fault;
  return point;
}
