import type { LogRecord } from '@aegisguard/model';
import type { BatchVerdict, MessageEncoding, VerifyOptions } from '../records/verdict.ts';

/** The gateway's half of `ExportLogsServiceRequest`. */
export function verifyOtlpLogs(_body: Uint8Array, _encoding: MessageEncoding, _options: VerifyOptions): BatchVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildOtlpLogs(
  _body: Uint8Array,
  _encoding: MessageEncoding,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): LogRecord[] {
  throw new Error('not built');
}
