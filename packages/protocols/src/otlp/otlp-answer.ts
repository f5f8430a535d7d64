// https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md
// https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto
import protobuf from 'protobufjs/minimal.js';
import type { MessageEncoding } from '../records/verdict.ts';

/** The OTLP services. */
export type OtlpSignal = 'logs' | 'metrics' | 'traces';

/** What the count of refused records is called in JSON; in protocol buffers it is field 1 of all three. */
const REJECTED_MEMBERS: Readonly<Record<OtlpSignal, string>> = {
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
  traces: 'rejectedSpans',
};

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';
const NANOS_PER_SECOND = 1e9;

const field = (number: number): number => (number << 3) | 2;
const varintField = (number: number): number => number << 3;

/** `Export…ServiceResponse`: empty when nothing was rejected and there is nothing to say, else with `partial_success`. */
export function encodeOtlpResponse(
  signal: OtlpSignal,
  encoding: MessageEncoding,
  rejected: number,
  message: string,
): Uint8Array {
  const isPartial = rejected > 0 || message !== '';
  if (encoding === 'json') {
    const count = rejected > 0 ? { [REJECTED_MEMBERS[signal]]: String(rejected) } : {};
    const partialSuccess = { ...count, ...(message === '' ? {} : { errorMessage: message }) };
    return Buffer.from(JSON.stringify(isPartial ? { partialSuccess } : {}));
  }
  const writer = protobuf.Writer.create();
  if (isPartial) {
    writer.uint32(field(1)).fork();
    if (rejected > 0) {
      writer.uint32(varintField(1)).int64(rejected);
    }
    if (message !== '') {
      writer.uint32(field(2)).string(message);
    }
    writer.ldelim();
  }
  return writer.finish();
}

/** Whole seconds and the nanoseconds beyond, as google.protobuf.Duration has them. */
function durationOf(seconds: number): { readonly whole: number; readonly nanos: number } {
  const whole = Math.trunc(seconds);
  return { whole, nanos: Math.round((seconds - whole) * NANOS_PER_SECOND) };
}

/** `google.rpc.RetryInfo`. */
function retryInfo(retryAfterSeconds: number): Uint8Array {
  const { whole, nanos } = durationOf(retryAfterSeconds);
  const writer = protobuf.Writer.create().uint32(field(1)).fork();
  if (whole > 0) {
    writer.uint32(varintField(1)).int64(whole);
  }
  if (nanos > 0) {
    writer.uint32(varintField(2)).int32(nanos);
  }
  return writer.ldelim().finish();
}

/** `google.rpc.Status`, with a `RetryInfo` among its details when a delay is given: to OTLP's clients that means that trying again may help. */
export function encodeOtlpStatus(
  encoding: MessageEncoding,
  code: number,
  message: string,
  retryAfterSeconds: number | undefined,
): Uint8Array {
  if (encoding === 'json') {
    const retryDelay = `${Number((retryAfterSeconds ?? 0).toFixed(9))}s`;
    const details = retryAfterSeconds === undefined ? {} : { details: [{ '@type': RETRY_INFO, retryDelay }] };
    return Buffer.from(JSON.stringify({ code, message, ...details }));
  }
  const writer = protobuf.Writer.create().uint32(varintField(1)).int32(code).uint32(field(2)).string(message);
  if (retryAfterSeconds !== undefined) {
    writer.uint32(field(3)).fork();
    writer.uint32(field(1)).string(RETRY_INFO).uint32(field(2)).bytes(retryInfo(retryAfterSeconds)).ldelim();
  }
  return writer.finish();
}
