const SPAN_ID = /^[0-9a-f]{16}$/i;
const TRACE_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;

/** A trace id as it is stored: 32 lower-case hexadecimal digits; one of 16 has zeros before it, as in https://www.w3.org/TR/trace-context/#trace-id. `undefined` when it is none. */
export function readTraceId(text: string): string | undefined {
  return TRACE_ID.test(text) ? text.toLowerCase().padStart(32, '0') : undefined;
}

/** A span id as it is stored: 16 lower-case hexadecimal digits. `undefined` when it is none. */
export function readSpanId(text: string): string | undefined {
  return SPAN_ID.test(text) ? text.toLowerCase() : undefined;
}
