import type { ThrottlePolicy, ThrottleVerdict } from './driver.ts';

/** What a throttle knows of a key. Times are Unix ms. */
export interface AttemptCount {
  attempts: number;
  /** End of the window, 0 before the first attempt. */
  windowEndMs: number;
  /** End of the lock; 0 when there is none. */
  lockEndMs: number;
  /** Locks so far, where they get longer. */
  locks: number;
  /** When the locks so far are forgotten. */
  locksUntilMs: number;
}

const FREE: ThrottleVerdict = { blocked: false, retryAfterSeconds: 0, beganLock: false };

/** A key's count before its first attempt. */
export function newAttemptCount(): AttemptCount {
  return { attempts: 0, windowEndMs: 0, lockEndMs: 0, locks: 0, locksUntilMs: 0 };
}

/** Counts an attempt, in place. The Redis driver's script does the same on the server. */
export function countAttempt(
  count: AttemptCount,
  { attemptsMax, windowMs, lockMsMax }: ThrottlePolicy,
  nowMs: number,
): ThrottleVerdict {
  if (count.lockEndMs > nowMs) {
    return locked(count, nowMs, false);
  }
  if (count.lockEndMs > 0 || count.windowEndMs <= nowMs) {
    count.attempts = 0;
    count.windowEndMs = nowMs + windowMs;
    count.lockEndMs = 0;
  }
  count.attempts += 1;
  if (count.attempts <= attemptsMax) {
    return FREE;
  }
  if (lockMsMax !== undefined) {
    count.locks = count.locksUntilMs > nowMs ? count.locks + 1 : 1;
    count.locksUntilMs = nowMs + lockMsMax * 2;
  }
  const isFurther = lockMsMax !== undefined && count.locks > 1;
  count.lockEndMs = isFurther ? nowMs + Math.min(lockMsMax, windowMs * 2 ** (count.locks - 1)) : count.windowEndMs;
  return locked(count, nowMs, true);
}

function locked({ lockEndMs }: AttemptCount, nowMs: number, beganLock: boolean): ThrottleVerdict {
  return { blocked: true, retryAfterSeconds: Math.max(1, Math.ceil((lockEndMs - nowMs) / 1000)), beganLock };
}
