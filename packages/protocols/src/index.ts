export {
  buildNativeLogs,
  decodeNativeLogs,
  NATIVE_LOGS_MAX,
  type NativeLogs,
  type NativeLogsOptions,
  type NativeLogsVerdict,
  verifyNativeLogs,
} from './native/logs.ts';
export { NativeLog, NativeLogsBody } from './native/native-log-schema.ts';
export type { RecordFault, RecordRejection, RejectionCode } from './records/record-rejection.ts';
