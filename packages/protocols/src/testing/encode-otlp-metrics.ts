// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
import type { JsonObject, JsonValue } from '@aegisguard/model';
import protobuf from 'protobufjs/minimal.js';

/** How a field is written: its number and what it is; an array of it when it is repeated. */
type Field = readonly [
  number: number,
  kind:
    | 'string'
    | 'hex'
    | 'double'
    | 'fixed64'
    | 'sfixed64'
    | 'int64'
    | 'uint64'
    | 'uint32'
    | 'sint32'
    | 'bool'
    | Message,
  form?: 'packed',
];

interface Message {
  readonly [name: string]: Field;
}

const ANY_VALUE: { [name: string]: Field } = {
  stringValue: [1, 'string'],
  boolValue: [2, 'bool'],
  intValue: [3, 'int64'],
  doubleValue: [4, 'double'],
};
ANY_VALUE.arrayValue = [5, { values: [1, ANY_VALUE] }];
const ATTRIBUTE: Message = { key: [1, 'string'], value: [2, ANY_VALUE] };
const EXEMPLAR: Message = {
  filteredAttributes: [7, ATTRIBUTE],
  timeUnixNano: [2, 'fixed64'],
  asDouble: [3, 'double'],
  asInt: [6, 'sfixed64'],
  spanId: [4, 'hex'],
  traceId: [5, 'hex'],
};
const NUMBER: Message = {
  attributes: [7, ATTRIBUTE],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  asDouble: [4, 'double'],
  asInt: [6, 'sfixed64'],
  exemplars: [5, EXEMPLAR],
  flags: [8, 'uint32'],
};
const HISTOGRAM: Message = {
  attributes: [9, ATTRIBUTE],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  bucketCounts: [6, 'fixed64', 'packed'],
  explicitBounds: [7, 'double', 'packed'],
  exemplars: [8, EXEMPLAR],
  flags: [10, 'uint32'],
  min: [11, 'double'],
  max: [12, 'double'],
};
const BUCKETS: Message = { offset: [1, 'sint32'], bucketCounts: [2, 'uint64', 'packed'] };
const EXPONENTIAL: Message = {
  attributes: [1, ATTRIBUTE],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  scale: [6, 'sint32'],
  zeroCount: [7, 'fixed64'],
  positive: [8, BUCKETS],
  negative: [9, BUCKETS],
  flags: [10, 'uint32'],
  exemplars: [11, EXEMPLAR],
  min: [12, 'double'],
  max: [13, 'double'],
  zeroThreshold: [14, 'double'],
};
const SUMMARY: Message = {
  attributes: [7, ATTRIBUTE],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  quantileValues: [6, { quantile: [1, 'double'], value: [2, 'double'] }],
  flags: [8, 'uint32'],
};
const METRIC: Message = {
  name: [1, 'string'],
  description: [2, 'string'],
  unit: [3, 'string'],
  gauge: [5, { dataPoints: [1, NUMBER] }],
  sum: [7, { dataPoints: [1, NUMBER], aggregationTemporality: [2, 'uint32'], isMonotonic: [3, 'bool'] }],
  histogram: [9, { dataPoints: [1, HISTOGRAM], aggregationTemporality: [2, 'uint32'] }],
  exponentialHistogram: [10, { dataPoints: [1, EXPONENTIAL], aggregationTemporality: [2, 'uint32'] }],
  summary: [11, { dataPoints: [1, SUMMARY] }],
  metadata: [12, ATTRIBUTE],
};
const SCOPE: Message = { name: [1, 'string'], version: [2, 'string'], attributes: [3, ATTRIBUTE] };
const SCOPE_METRICS: Message = { scope: [1, SCOPE], metrics: [2, METRIC], schemaUrl: [3, 'string'] };
const REQUEST: Message = {
  resourceMetrics: [1, { resource: [1, { attributes: [1, ATTRIBUTE] }], scopeMetrics: [2, SCOPE_METRICS] }],
};

const WIRE_TYPES = {
  string: 2,
  hex: 2,
  double: 1,
  fixed64: 1,
  sfixed64: 1,
  int64: 0,
  uint64: 0,
  uint32: 0,
  sint32: 0,
  bool: 0,
};

function halves(value: JsonValue): readonly [number, number] {
  const bits = BigInt.asUintN(64, BigInt(String(value)));
  return [Number(bits & 0xffffffffn), Number(bits >> 32n)];
}

function writeVarint(writer: protobuf.Writer, value: JsonValue): void {
  let rest = BigInt.asUintN(64, BigInt(String(value)));
  // Byte by byte, because the library wants objects for what a double does not hold.
  while (rest > 127n) {
    writer.raw(Uint8Array.of(Number(rest & 127n) | 128));
    rest >>= 7n;
  }
  writer.uint32(Number(rest));
}

function writeScalar(writer: protobuf.Writer, kind: Exclude<Field[1], Message>, value: JsonValue): void {
  switch (kind) {
    case 'string':
      writer.string(String(value));
      break;
    case 'hex':
      writer.bytes(Buffer.from(String(value), 'hex'));
      break;
    case 'double':
      writer.double(Number(value));
      break;
    case 'fixed64':
    case 'sfixed64': {
      const [low, high] = halves(value);
      writer.fixed32(low).fixed32(high);
      break;
    }
    case 'int64':
    case 'uint64':
      writeVarint(writer, value);
      break;
    case 'sint32':
      writer.sint32(Number(value));
      break;
    default:
      writer.uint32(Number(value));
  }
}

function writeMessage(writer: protobuf.Writer, message: Message, object: JsonObject): void {
  for (const [name, [number, kind, form]] of Object.entries(message)) {
    const sent = object[name];
    const values = sent === undefined ? [] : Array.isArray(sent) ? sent : [sent];
    if (form === 'packed' && typeof kind === 'string' && values.length > 0) {
      writer.uint32(number * 8 + 2).fork();
      for (const value of values) {
        writeScalar(writer, kind, value);
      }
      writer.ldelim();
      continue;
    }
    for (const value of values) {
      if (typeof kind === 'string') {
        writer.uint32(number * 8 + WIRE_TYPES[kind]);
        writeScalar(writer, kind, value);
      } else {
        writer.uint32(number * 8 + 2).fork();
        writeMessage(writer, kind, value as JsonObject);
        writer.ldelim();
      }
    }
  }
}

/** An `ExportMetricsServiceRequest` in protocol buffers, of one in OTLP's JSON. */
export function encodeOtlpMetrics(request: JsonObject): Buffer {
  const writer = protobuf.Writer.create();
  writeMessage(writer, REQUEST, request);
  return Buffer.from(writer.finish());
}
