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

/** Whether an attempt may be made, and if not, when. */
export interface ThrottleVerdict {
  readonly blocked: boolean;
  /** Seconds until the next try may be made, rounded up; 0 when not blocked. */
  readonly retryAfterSeconds: number;
  /** This attempt was the first one too many. */
  readonly beganLock: boolean;
}

/** How many attempts in how long, and for how long a key is locked after more. */
export interface ThrottlePolicy {
  readonly attemptsMax: number;
  /** Attempts are counted for so long, from the first of them; a first lock lasts until then. */
  readonly windowMs: number;
  /** Each further lock is twice as long: the second two windows, at most this. Absent: every lock lasts until the end of its window. Locks are forgotten when none began for twice as long. */
  readonly lockMsMax?: number;
}

/**
 * Allows so many attempts that are not followed by a success within a window, then locks. An attempt counts before its outcome is known, so that many at once get no more than one after the other would; those made
 * while a key is locked count for nothing. A key is always used with the same policy. Drivers must pass `conformance/`.
 */
export interface FailureThrottle {
  /** Counts an attempt; blocked when there were too many. */
  attempt(key: string, policy?: ThrottlePolicy): Promise<ThrottleVerdict>;
  /** Takes back the last attempt of a key that counts for many people, after a success of one of them; a lock stays. */
  forgive(key: string): Promise<void>;
  /** Forgets the key's attempts and locks, after a success. */
  clear(key: string): Promise<void>;
}

/** Logins: 10 failures in 15 minutes (contract §6, "Rate limits"). */
export const LOGIN_THROTTLE = { attemptsMax: 10, windowMs: 15 * 60_000 } as const satisfies ThrottlePolicy;

/** Remembers what may happen once only, such as an answer to a challenge. Drivers must pass `conformance/`. */
export interface OnceGate {
  /** Whether this is the first time that the name passes, in any process. Remembered for `ONCE_MS` at least, so what it names must not be good for longer. */
  pass(name: string): Promise<boolean>;
}

/** What may happen once only is remembered for this long. */
export const ONCE_MS = 15 * 60_000;

/** Everything that is counted, in one place: in this process's memory, or shared by all processes through Redis. */
export interface Limits {
  readonly limiter: RateLimiter;
  readonly throttle: FailureThrottle;
  readonly once: OnceGate;
  /** Throws `AegisError` `unavailable` when the counts cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
