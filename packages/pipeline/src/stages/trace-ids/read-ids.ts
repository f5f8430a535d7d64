// https://www.w3.org/TR/trace-context/ (traceparent), https://github.com/openzipkin/b3-propagation, https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader,
// https://docs.datadoghq.com/tracing/other_telemetry/connect_logs_and_traces/, https://www.jaegertracing.io/sdk-migration/#propagation-format (uber-trace-id),
// https://cloud.google.com/trace/docs/trace-context, https://develop.sentry.dev/sdk/telemetry/traces/ (sentry-trace)
import { canonicalId } from './canonical-id.ts';

/** Which trace and span something says it belongs to; `''` for what it does not say. */
export interface FoundIds {
  traceId: string;
  spanId: string;
}

/** What a value is: by the name that it stands under. */
export type IdForm = 'trace' | 'span' | 'datadog-trace' | 'datadog-span' | 'datadog-high' | 'header';

const TRACE_DIGITS = 32;
const SPAN_DIGITS = 16;
/** Digits of a 64-bit number that cannot be hexadecimal ids, which have 16 or 32. */
const DECIMAL = /^\d{17,20}$/;
const ANY_DECIMAL = /^\d{1,20}$/;
const HEX = /^[0-9a-f]+$/;
const UINT64_END = 1n << 64n;

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-|$)/;
/** B3's single header, and Sentry's, which is the same but for its end. */
const B3 = /^([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(?:-|$)/;
const UBER = /^([0-9a-f]{1,32}):([0-9a-f]{1,16}):[0-9a-f]{1,16}:[0-9a-f]{1,2}$/;
const XRAY_TRACE = /(?:^|Root=|root=)1-([0-9a-f]{8})-([0-9a-f]{24})(?:[;@, ]|$)/;
const XRAY_PARENT = /(?:Parent=|@)([0-9a-f]{16})(?:;|,|$)/;
const GOOGLE = /^(?:projects\/[\w.:-]{1,64}\/traces\/)?([0-9a-f]{32})(?:\/(\d{1,20}))?(?:;o=\d)?$/;

/** A number of 64 bits as 16 hexadecimal digits, `''` for what is none. */
function hexOfDecimal(digits: string): string {
  const value = BigInt(digits);
  return value > 0n && value < UINT64_END ? value.toString(16).padStart(SPAN_DIGITS, '0') : '';
}

/** A trace's id of 128 bits as spans have it, one of 64 with zeros before it, as converters to OTLP write it; `''` for what is none. */
export function traceIdOf(text: string): string {
  if (DECIMAL.test(text)) {
    return hexOfDecimal(text).padStart(TRACE_DIGITS, '0');
  }
  const id = canonicalId(text);
  const isId = (id.length === TRACE_DIGITS || id.length === SPAN_DIGITS) && HEX.test(id);
  return isId ? id.padStart(TRACE_DIGITS, '0') : '';
}

/** A span's id as spans have it; `''` for what is none. */
export function spanIdOf(text: string): string {
  if (DECIMAL.test(text)) {
    return hexOfDecimal(text);
  }
  const id = canonicalId(text);
  return id.length === SPAN_DIGITS && HEX.test(id) ? id : '';
}

/** Datadog's ids are decimal, the lower half of the trace's; newer ones are hexadecimal and whole. */
export function datadogId(text: string): string {
  return ANY_DECIMAL.test(text) ? hexOfDecimal(text) : canonicalId(text);
}

function found(traceId = '', spanId = ''): FoundIds {
  return { traceId: traceIdOf(traceId), spanId: spanIdOf(spanId) };
}

/** What a header that carries a trace says, whichever it is; `undefined` when it is none. */
export function readHeader(value: string): FoundIds | undefined {
  const text = value.trim();
  const lower = text.toLowerCase();
  const pair = TRACEPARENT.exec(lower) ?? B3.exec(lower);
  if (pair !== null) {
    return found(pair[1], pair[2]);
  }
  const xray = XRAY_TRACE.exec(text);
  if (xray !== null) {
    return found(`${xray[1]}${xray[2]}`, XRAY_PARENT.exec(text)?.[1]);
  }
  const uber = UBER.exec(lower);
  if (uber !== null) {
    return found(uber[1]?.padStart(TRACE_DIGITS, '0'), uber[2]?.padStart(SPAN_DIGITS, '0'));
  }
  const google = GOOGLE.exec(text);
  return google === null
    ? undefined
    : { traceId: traceIdOf(google[1] ?? ''), spanId: google[2] === undefined ? '' : hexOfDecimal(google[2]) };
}

/** What stands under the name of a trace: an id, or a whole header. */
export function readTrace(value: string): FoundIds | undefined {
  const traceId = traceIdOf(value);
  return traceId === '' ? readHeader(value) : { traceId, spanId: '' };
}
