// https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto
import protobuf from 'protobufjs/minimal.js';

type Scalar = 'string' | 'hex' | 'base64' | 'fixed64' | 'fixed32' | 'uint32' | 'int64' | 'enum' | 'double' | 'bool';
type Field = readonly [number: number, type: Scalar | keyof typeof MESSAGES];

/** The messages of logs and traces as OTLP's JSON names their fields; whether one is repeated is told by its value. */
const MESSAGES = {
  ExportLogsServiceRequest: { resourceLogs: [1, 'ResourceLogs'] },
  ResourceLogs: { resource: [1, 'Resource'], scopeLogs: [2, 'ScopeLogs'], schemaUrl: [3, 'string'] },
  ScopeLogs: { scope: [1, 'InstrumentationScope'], logRecords: [2, 'LogRecord'], schemaUrl: [3, 'string'] },
  LogRecord: {
    timeUnixNano: [1, 'fixed64'],
    severityNumber: [2, 'enum'],
    severityText: [3, 'string'],
    body: [5, 'AnyValue'],
    attributes: [6, 'KeyValue'],
    droppedAttributesCount: [7, 'uint32'],
    flags: [8, 'fixed32'],
    traceId: [9, 'hex'],
    spanId: [10, 'hex'],
    observedTimeUnixNano: [11, 'fixed64'],
    eventName: [12, 'string'],
  },
  ExportTraceServiceRequest: { resourceSpans: [1, 'ResourceSpans'] },
  ResourceSpans: { resource: [1, 'Resource'], scopeSpans: [2, 'ScopeSpans'], schemaUrl: [3, 'string'] },
  ScopeSpans: { scope: [1, 'InstrumentationScope'], spans: [2, 'Span'], schemaUrl: [3, 'string'] },
  Span: {
    traceId: [1, 'hex'],
    spanId: [2, 'hex'],
    traceState: [3, 'string'],
    parentSpanId: [4, 'hex'],
    name: [5, 'string'],
    kind: [6, 'enum'],
    startTimeUnixNano: [7, 'fixed64'],
    endTimeUnixNano: [8, 'fixed64'],
    attributes: [9, 'KeyValue'],
    droppedAttributesCount: [10, 'uint32'],
    events: [11, 'Event'],
    droppedEventsCount: [12, 'uint32'],
    links: [13, 'Link'],
    droppedLinksCount: [14, 'uint32'],
    status: [15, 'Status'],
    flags: [16, 'fixed32'],
  },
  Event: {
    timeUnixNano: [1, 'fixed64'],
    name: [2, 'string'],
    attributes: [3, 'KeyValue'],
    droppedAttributesCount: [4, 'uint32'],
  },
  Link: {
    traceId: [1, 'hex'],
    spanId: [2, 'hex'],
    traceState: [3, 'string'],
    attributes: [4, 'KeyValue'],
    droppedAttributesCount: [5, 'uint32'],
    flags: [6, 'fixed32'],
  },
  Status: { message: [2, 'string'], code: [3, 'enum'] },
  Resource: { attributes: [1, 'KeyValue'], droppedAttributesCount: [2, 'uint32'], entityRefs: [3, 'EntityRef'] },
  EntityRef: {
    schemaUrl: [1, 'string'],
    type: [2, 'string'],
    idKeys: [3, 'string'],
    descriptionKeys: [4, 'string'],
  },
  InstrumentationScope: {
    name: [1, 'string'],
    version: [2, 'string'],
    attributes: [3, 'KeyValue'],
    droppedAttributesCount: [4, 'uint32'],
  },
  KeyValue: { key: [1, 'string'], value: [2, 'AnyValue'] },
  AnyValue: {
    stringValue: [1, 'string'],
    boolValue: [2, 'bool'],
    intValue: [3, 'int64'],
    doubleValue: [4, 'double'],
    arrayValue: [5, 'ArrayValue'],
    kvlistValue: [6, 'KeyValueList'],
    bytesValue: [7, 'base64'],
  },
  ArrayValue: { values: [1, 'AnyValue'] },
  KeyValueList: { values: [1, 'KeyValue'] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly [number, string]>>>>;

/** The name of a message that `encodeOtlp` knows. */
export type OtlpMessage = keyof typeof MESSAGES;

function writeVarint64(writer: protobuf.Writer, value: bigint): void {
  let rest = BigInt.asUintN(64, value);
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  for (const byte of bytes) {
    // A varint of less than 128 is the byte itself, so a run of them is written through one-byte fixed parts.
    writer.raw(Uint8Array.of(byte));
  }
}

function writeScalar(writer: protobuf.Writer, number: number, type: Scalar, value: unknown): void {
  const tag = (wireType: number): protobuf.Writer => writer.uint32((number << 3) | wireType);
  switch (type) {
    case 'string':
      tag(2).string(String(value));
      break;
    case 'hex':
    case 'base64':
      tag(2).bytes(Buffer.from(String(value), type));
      break;
    case 'fixed64': {
      const nanos = BigInt(String(value));
      tag(1)
        .fixed32(Number(nanos & 0xffff_ffffn))
        .fixed32(Number(nanos >> 32n));
      break;
    }
    case 'fixed32':
      tag(5).fixed32(Number(value));
      break;
    case 'double':
      tag(1).double(Number(value));
      break;
    case 'bool':
      tag(0).bool(value === true);
      break;
    default:
      tag(0);
      writeVarint64(writer, BigInt(String(value)));
  }
}

function writeMessage(writer: protobuf.Writer, name: OtlpMessage, message: object): void {
  const fields: Readonly<Record<string, Field>> = MESSAGES[name];
  for (const [member, value] of Object.entries(message)) {
    const [number, type] = fields[member] ?? [];
    if (number === undefined || type === undefined) {
      throw new TypeError(`${name} has no field ${member}`);
    }
    for (const element of Array.isArray(value) ? value : [value]) {
      if (type in MESSAGES) {
        writer.uint32((number << 3) | 2).fork();
        writeMessage(writer, type as OtlpMessage, element as object);
        writer.ldelim();
      } else {
        writeScalar(writer, number, type as Scalar, element);
      }
    }
  }
}

/** Encodes a message that is written as OTLP's JSON has it, field by field in the order of its members. What is empty is written, too. */
export function encodeOtlp(name: OtlpMessage, message: object): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMessage(writer, name, message);
  return writer.finish();
}
