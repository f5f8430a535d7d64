import type { RateLimiter } from '@aegisguard/limits';
import { AegisError } from '@aegisguard/model';
import { addressBucket, addressShare } from '../platform/address-bucket.ts';

const LOGINS_PER_MINUTE = 60;

/**
 * Throws `login-throttled` for an address that begins too many logins of a way in which nobody is named before it succeeds, so that there is no account to count for. A success clears nothing: what is checked is not guessed, and
 * an address may be many people's.
 */
export async function demandLoginPace(limiter: RateLimiter, way: 'passkey' | 'sso', ip: string): Promise<void> {
  const perMinute = LOGINS_PER_MINUTE * addressShare(ip);
  const { allowed, retryAfterSeconds } = await limiter.take(`${way}:${addressBucket(ip)}`, perMinute);
  if (!allowed) {
    throw new AegisError('login-throttled', {
      detail: 'Too many logins from this address; wait before the next try.',
      retryAfterSeconds,
    });
  }
}
