import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How far `x-timestamp` may be from our clock, either way (contract §3). */
export const REPLAY_WINDOW_MS = 5 * 60_000;

/** A parsed signature: `sha256=` covers the body, `v1=` the timestamp and the body. */
export interface Signature {
  readonly form: 'sha256' | 'v1';
  readonly digest: Buffer;
  /** Unix ms as sent; demanded by v1. */
  readonly timestamp: string | undefined;
}

const SIGNATURE = /^(?<form>sha256|v1)=(?<hex>[0-9a-fA-F]{64})$/;
const TIMESTAMP = /^\d{1,15}$/;

/** Reads the signature headers; undefined when they are missing, malformed or outside the window: all of them the same 401. */
export function parseSignature(headers: IncomingHttpHeaders, nowMs: number): Signature | undefined {
  const match = SIGNATURE.exec(single(headers['x-signature']) ?? '')?.groups;
  const timestamp = single(headers['x-timestamp']);
  if (match === undefined) {
    return undefined;
  }
  if (
    timestamp !== undefined &&
    !(TIMESTAMP.test(timestamp) && Math.abs(Number(timestamp) - nowMs) <= REPLAY_WINDOW_MS)
  ) {
    return undefined;
  }
  if (match.form === 'v1' && timestamp === undefined) {
    return undefined;
  }
  return { form: match.form as Signature['form'], digest: Buffer.from(match.hex ?? '', 'hex'), timestamp };
}

/** Whether the signature was made with one of the secrets over these bytes as sent. Every secret is tried and compared in constant time. */
export function isSignedBy(signature: Signature, body: Uint8Array, secrets: readonly Uint8Array[]): boolean {
  let valid = false;
  for (const secret of secrets) {
    const hmac = createHmac('sha256', secret);
    if (signature.form === 'v1') {
      hmac.update(`${signature.timestamp}.`);
    }
    valid = timingSafeEqual(hmac.update(body).digest(), signature.digest) || valid;
  }
  return valid;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
