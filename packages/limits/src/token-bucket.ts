import type { LimitVerdict } from './driver.ts';

const MINUTE_MS = 60_000;

/** A bucket between two requests. */
export interface Bucket {
  /** Tokens at `atMs`; fractions are kept. */
  tokens: number;
  atMs: number;
}

/** What a request without a limit is told. */
export const UNLIMITED: LimitVerdict = { allowed: true, limit: 0, remaining: 0, resetSeconds: 0, retryAfterSeconds: 0 };

/** Refills the bucket up to `nowMs` and takes one token if there is one. A clock that went back refills nothing. */
export function takeToken(bucket: Bucket, perMinute: number, nowMs: number): LimitVerdict {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  bucket.tokens = Math.min(perMinute, bucket.tokens + (elapsedMs * perMinute) / MINUTE_MS);
  bucket.atMs = Math.max(bucket.atMs, nowMs);
  const allowed = bucket.tokens >= 1;
  if (allowed) {
    bucket.tokens -= 1;
  }
  return verdictOf(bucket.tokens, perMinute, allowed);
}

/** The verdict that leaves `tokens` in the bucket. */
export function verdictOf(tokens: number, perMinute: number, allowed: boolean): LimitVerdict {
  const secondsFor = (missing: number) => Math.ceil((missing * MINUTE_MS) / perMinute / 1000);
  return {
    allowed,
    limit: perMinute,
    remaining: Math.floor(tokens),
    resetSeconds: secondsFor(perMinute - tokens),
    retryAfterSeconds: allowed ? 0 : Math.max(1, secondsFor(1 - tokens)),
  };
}
