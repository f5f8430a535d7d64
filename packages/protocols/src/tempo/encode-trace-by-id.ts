// `TraceByIDResponse` of https://grafana.com/docs/tempo/latest/api_docs/#query-v2
import protobuf from 'protobufjs/minimal.js';

const TRACE_TAG = 10;
const STATUS_TAG = 24;
const MESSAGE_TAG = 34;
const PARTIAL = 1;

/** The answer of Tempo's second way to read a trace, which is `TracesData`. `missing` says what of it is not there. */
export function encodeTraceById(trace: Uint8Array, missing: string | undefined): Uint8Array {
  const writer = protobuf.Writer.create().uint32(TRACE_TAG).bytes(trace);
  if (missing !== undefined) {
    writer.uint32(STATUS_TAG).int32(PARTIAL).uint32(MESSAGE_TAG).string(missing);
  }
  return writer.finish();
}
