import type { RumRecord } from '@aegisguard/model';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';

/** The gateway's half of `POST /v1/rum`. */
export function verifyNativeRum(_body: Uint8Array, _options: VerifyOptions): BatchVerdict {
  throw new Error('not built');
}

/** The worker's half. */
export function buildNativeRum(
  _body: Uint8Array,
  _options: VerifyOptions,
  _rejectedIndexes: readonly number[],
): RumRecord[] {
  throw new Error('not built');
}
