/** The verdict on one request. */
export interface LimitVerdict {
  readonly allowed: boolean;
  /** The bucket's size: requests per minute. */
  readonly limit: number;
  /** Whole tokens left after this request. */
  readonly remaining: number;
  /** Seconds until the bucket is full again. */
  readonly resetSeconds: number;
  /** Seconds until the next token, rounded up; 0 when allowed. */
  readonly retryAfterSeconds: number;
}

/**
 * Token buckets, each holding one minute's worth and refilled evenly (contract §6, "Rate limits"). Drivers must pass `conformance/`.
 */
export interface RateLimiter {
  /** Takes one token from the bucket named `key` (e.g. `org:<id>`); `perMinute` ≤ 0 means no limit. Time is the driver's injected clock. */
  take(key: string, perMinute: number): Promise<LimitVerdict>;
  close(): Promise<void>;
}
