import type { SpanRecord } from '@aegisguard/model';
import type { BatchVerdict, MessageEncoding, VerifyOptions } from '../records/verdict.ts';

/** The gateway's half of `ExportTraceServiceRequest`. */
export function verifyOtlpTraces(_body: Uint8Array, _encoding: MessageEncoding, _options: VerifyOptions): BatchVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildOtlpTraces(
  _body: Uint8Array,
  _encoding: MessageEncoding,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): SpanRecord[] {
  throw new Error('not built');
}
