export { detectJsonFormat } from './json/detect-json-format.ts';
export { buildLokiPush, verifyLokiPush } from './loki/loki-push.ts';
export type { MetricVerdict, MetricVerifyOptions, SeriesGate } from './metrics/metric-verdict.ts';
export {
  buildNativeLogs,
  decodeNativeLogs,
  NATIVE_LOGS_MAX,
  type NativeLogs,
  type NativeLogsOptions,
  type NativeLogsVerdict,
  verifyNativeLogs,
} from './native/logs.ts';
export { buildNativeMetrics, verifyNativeMetrics } from './native/metrics.ts';
export { NativeLog, NativeLogsBody } from './native/native-log-schema.ts';
export { buildNativeRum, NATIVE_RUM_MAX, verifyNativeRum } from './native/rum.ts';
export { buildNativeSpans, NATIVE_SPANS_MAX, verifyNativeSpans } from './native/spans.ts';
export { encodeOtlpResponse, encodeOtlpStatus, type OtlpSignal } from './otlp/otlp-answer.ts';
export { buildOtlpLogs, verifyOtlpLogs } from './otlp/otlp-logs.ts';
export { buildOtlpMetrics, verifyOtlpMetrics } from './otlp/otlp-metrics.ts';
export { buildOtlpTraces, verifyOtlpTraces } from './otlp/otlp-traces.ts';
export type { RecordFault, RecordRejection, RejectionCode } from './records/record-rejection.ts';
export type { BatchVerdict, MessageEncoding, VerifyOptions } from './records/verdict.ts';
export { buildRemoteWrite, type RemoteWriteVersion, verifyRemoteWrite } from './remote-write/remote-write.ts';
