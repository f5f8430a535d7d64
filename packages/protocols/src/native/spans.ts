import type { SpanRecord } from '@aegisguard/model';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';

/** The gateway's half of native `POST /v1/traces`. */
export function verifyNativeSpans(_body: Uint8Array, _options: VerifyOptions): BatchVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildNativeSpans(
  _body: Uint8Array,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): SpanRecord[] {
  throw new Error('not built');
}
