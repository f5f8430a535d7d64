/** The verdict on one request. */
export interface LimitVerdict {
  readonly allowed: boolean;
  /** The bucket's size: requests per minute; 0 when there is no limit. */
  readonly limit: number;
  /** Whole tokens left after this request. */
  readonly remaining: number;
  /** Seconds until the bucket is full again, rounded up. */
  readonly resetSeconds: number;
  /** Seconds until the next token, rounded up; 0 when allowed. */
  readonly retryAfterSeconds: number;
}

/**
 * Token buckets, each holding one minute's worth and refilled evenly (contract §6, "Rate limits"). Drivers must pass `conformance/`.
 */
export interface RateLimiter {
  /** Takes one token from the bucket named `key` (e.g. `org:<id>`); `perMinute` ≤ 0 means no limit. */
  take(key: string, perMinute: number): Promise<LimitVerdict>;
}

/** Whether a key is blocked, and for how long. */
export interface ThrottleVerdict {
  readonly blocked: boolean;
  /** Seconds until the next try may be made, rounded up; 0 when not blocked. */
  readonly retryAfterSeconds: number;
}

/** Blocks a key after `THROTTLE_FAILURES_MAX` failures within `THROTTLE_WINDOW_MS`, until the window that the first of them opened is over. Drivers must pass `conformance/`. */
export interface FailureThrottle {
  check(key: string): Promise<ThrottleVerdict>;
  /** Notes a failure. */
  fail(key: string): Promise<void>;
  /** Forgets the key's failures, after a success. */
  clear(key: string): Promise<void>;
}

/** Logins: 10 failures in 15 minutes (contract §6, "Rate limits"). */
export const THROTTLE_FAILURES_MAX = 10;
export const THROTTLE_WINDOW_MS = 15 * 60_000;

/** Everything that is counted, in one place: in this process's memory, or shared by all processes through Redis. */
export interface Limits {
  readonly limiter: RateLimiter;
  readonly throttle: FailureThrottle;
  /** Throws `AegisError` `unavailable` when the counts cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
