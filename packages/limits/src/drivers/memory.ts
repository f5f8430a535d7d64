import { type AttemptCount, countAttempt, newAttemptCount } from '../attempt-count.ts';
import {
  type FailureThrottle,
  type Limits,
  type LimitVerdict,
  LOGIN_THROTTLE,
  ONCE_MS,
  type OnceGate,
  type RateLimiter,
  type ThrottlePolicy,
  type ThrottleVerdict,
} from '../driver.ts';
import { GenerationMap } from '../generation-map.ts';
import { type Bucket, takeToken, UNLIMITED } from '../token-bucket.ts';

const MINUTE_MS = 60_000;
/** Keys in a generation at most; each takes about 200 bytes. Past it those used longest ago go, which lets their owners start afresh: under such a flood of addresses no memory of them would do. */
const KEYS_MAX = 50_000;

/** What the memory driver may be given. */
export interface MemoryLimitsOptions {
  /** Unix ms; for tests. */
  readonly nowMs?: () => number;
}

/** Counts in this process's memory: for the profile in which one process does it all. */
export function openMemoryLimits({ nowMs = Date.now }: MemoryLimitsOptions = {}): Limits {
  return {
    limiter: new MemoryRateLimiter(nowMs),
    throttle: new MemoryFailureThrottle(nowMs),
    once: new MemoryOnceGate(nowMs),
    ping: async () => undefined,
    close: async () => undefined,
  };
}

class MemoryRateLimiter implements RateLimiter {
  /** A bucket untouched for a minute is full, so it says nothing. */
  readonly #buckets: GenerationMap<Bucket>;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#buckets = new GenerationMap(KEYS_MAX, MINUTE_MS, nowMs());
  }

  take(key: string, perMinute: number): Promise<LimitVerdict> {
    if (perMinute <= 0) {
      return Promise.resolve(UNLIMITED);
    }
    const nowMs = this.#nowMs();
    let bucket = this.#buckets.get(key, nowMs);
    if (bucket === undefined) {
      bucket = { tokens: perMinute, atMs: nowMs };
      this.#buckets.set(key, bucket, nowMs);
    }
    return Promise.resolve(takeToken(bucket, perMinute, nowMs));
  }
}

/** Longer than the longest lock counts: see `ThrottlePolicy`. */
const ATTEMPTS_LIFE_MS = 2 * 24 * 60 * MINUTE_MS;

class MemoryFailureThrottle implements FailureThrottle {
  readonly #counts: GenerationMap<AttemptCount>;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#counts = new GenerationMap(KEYS_MAX, ATTEMPTS_LIFE_MS, nowMs());
  }

  attempt(key: string, policy: ThrottlePolicy = LOGIN_THROTTLE): Promise<ThrottleVerdict> {
    const nowMs = this.#nowMs();
    let count = this.#counts.get(key, nowMs);
    if (count === undefined) {
      count = newAttemptCount();
      this.#counts.set(key, count, nowMs);
    }
    return Promise.resolve(countAttempt(count, policy, nowMs));
  }

  forgive(key: string): Promise<void> {
    const count = this.#counts.get(key, this.#nowMs());
    if (count !== undefined) {
      count.attempts = Math.max(0, count.attempts - 1);
    }
    return Promise.resolve();
  }

  clear(key: string): Promise<void> {
    this.#counts.delete(key);
    return Promise.resolve();
  }
}

class MemoryOnceGate implements OnceGate {
  /** Only what was proved passes here, so nobody can push names out at will. */
  readonly #passed: GenerationMap<true>;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#passed = new GenerationMap(KEYS_MAX, ONCE_MS, nowMs());
  }

  pass(name: string): Promise<boolean> {
    const nowMs = this.#nowMs();
    const isFirst = this.#passed.get(name, nowMs) === undefined;
    this.#passed.set(name, true, nowMs);
    return Promise.resolve(isFirst);
  }
}
