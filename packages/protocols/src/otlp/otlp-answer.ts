import type { MessageEncoding } from '../records/verdict.ts';

/** What a partial success counts. */
export type OtlpSignal = 'logs' | 'metrics' | 'traces';

/** `Export…ServiceResponse`: empty when nothing was rejected, else with `partial_success`. */
export function encodeOtlpResponse(
  _signal: OtlpSignal,
  _encoding: MessageEncoding,
  _rejected: number,
  _message: string,
): Uint8Array {
  throw new Error('not built');
}

/** `google.rpc.Status`. */
export function encodeOtlpStatus(
  _encoding: MessageEncoding,
  _code: number,
  _message: string,
  _retryAfterSeconds: number | undefined,
): Uint8Array {
  throw new Error('not built');
}
