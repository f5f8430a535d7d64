import type { LogRecord } from '@aegisguard/model';
import { buildNativeLogs, verifyNativeLogs } from '../native/native-logs.ts';
import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';

/** Both halves, the gateway's and the worker's, one after the other. */
export function decodeNativeLogs(
  body: Uint8Array,
  options: VerifyOptions,
): BatchVerdict & { readonly records: readonly LogRecord[] } {
  const verdict = verifyNativeLogs(body, options);
  const rejected = verdict.rejected.map(({ index }) => index);
  return { ...verdict, records: buildNativeLogs(body, options, rejected) };
}
