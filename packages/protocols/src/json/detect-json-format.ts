/** Whether a JSON body is OTLP's, by the names of its top-level members. */
export function detectJsonFormat(
  _body: Uint8Array,
  _otlpMember: 'resourceLogs' | 'resourceMetrics' | 'resourceSpans',
): 'native-json' | 'otlp-json' {
  throw new Error('not built');
}
