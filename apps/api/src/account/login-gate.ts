import { type FailureThrottle, LOGIN_THROTTLE, type ThrottlePolicy } from '@aegisguard/limits';
import { AegisError } from '@aegisguard/model';
import { addressBucket } from '../platform/address-bucket.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** From any address: what a botnet with a new address for each guess runs into. */
const ACCOUNT_THROTTLE = { attemptsMax: 50, windowMs: 15 * MINUTE_MS, lockMsMax: 24 * HOUR_MS } as const;
const ADDRESS_ATTEMPTS_MAX = 100;
const REGISTRATIONS_MAX = 10;
const RESETS_MAX = 20;
/** Mails to one account that anybody can cause. */
const RESET_MAILS_THROTTLE = { attemptsMax: 5, windowMs: HOUR_MS } as const;
/** Loopback is a proxy whose `X-Forwarded-For` is not believed, or a developer: it stands for many people. */
const LOOPBACK = /^(?:127(?:\.\d+){3}|0:0:0:0::\/64)$/;
const LOOPBACK_SHARE = 10;

/**
 * Counts what can be guessed or flooded, before its outcome is known and whether or not there is such an account: logins for an account from an address, for an account from anywhere, from an address for any
 * account; registrations and mails.
 */
export class LoginGate {
  constructor(private readonly throttle: FailureThrottle) {}

  /** Counts a login; throws `login-throttled`. `onLock` is told when this attempt was the one too many. */
  async admitLogin(email: string, ip: string, onLock: () => void): Promise<void> {
    // One after the other: what is refused for its address must not lock the account for everybody else.
    const counts = [
      [addressKey(ip), perAddress(ip, ADDRESS_ATTEMPTS_MAX, 15 * MINUTE_MS)],
      [pairKey(email, ip), LOGIN_THROTTLE],
      [accountKey(email), ACCOUNT_THROTTLE],
    ] as const;
    for (const [key, policy] of counts) {
      const { beganLock, blocked, retryAfterSeconds } = await this.throttle.attempt(key, policy);
      if (beganLock) {
        onLock();
      }
      if (blocked) {
        const detail = 'Too many failed logins; wait before the next try.';
        throw new AegisError('login-throttled', { detail, retryAfterSeconds });
      }
    }
  }

  /** A login succeeded. That of one account says nothing for what else came from its address. */
  async loginSucceeded(email: string, ip: string): Promise<void> {
    await Promise.all([this.unlock(email, ip), this.throttle.forgive(addressKey(ip))]);
  }

  /** Ends the locks of an account, for whoever proved to be its person. */
  async unlock(email: string, ip: string): Promise<void> {
    await Promise.all([this.throttle.clear(pairKey(email, ip)), this.throttle.clear(accountKey(email))]);
  }

  /** Counts a proof of the present password by who is signed in; throws `login-throttled`. */
  async admitProof(userId: string): Promise<void> {
    await this.admit('login-throttled', `proof:${userId}`, LOGIN_THROTTLE);
  }

  async proofSucceeded(userId: string): Promise<void> {
    await this.throttle.clear(`proof:${userId}`);
  }

  /** Counts a registration; throws `rate-limited`. */
  async admitRegistration(ip: string): Promise<void> {
    await this.admit('rate-limited', `register:${addressBucket(ip)}`, perAddress(ip, REGISTRATIONS_MAX, HOUR_MS));
  }

  /** Counts a request for a mail; throws `rate-limited`. */
  async admitReset(ip: string): Promise<void> {
    await this.admit('rate-limited', `reset:${addressBucket(ip)}`, perAddress(ip, RESETS_MAX, HOUR_MS));
  }

  /** Whether an account may be sent another mail; nobody but its person may learn the answer. */
  async mayMail(email: string): Promise<boolean> {
    return !(await this.throttle.attempt(`reset-mail:${normal(email)}`, RESET_MAILS_THROTTLE)).blocked;
  }

  private async admit(code: 'rate-limited' | 'login-throttled', key: string, policy: ThrottlePolicy): Promise<void> {
    const { blocked, retryAfterSeconds } = await this.throttle.attempt(key, policy);
    if (blocked) {
      throw new AegisError(code, { detail: 'Too many tries; wait before the next one.', retryAfterSeconds });
    }
  }
}

function perAddress(ip: string, attemptsMax: number, windowMs: number): ThrottlePolicy {
  const share = LOOPBACK.test(addressBucket(ip)) ? LOOPBACK_SHARE : 1;
  return { attemptsMax: attemptsMax * share, windowMs };
}

/** As the accounts compare addresses, so that another way of writing one is not another ten guesses. */
function normal(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

function pairKey(email: string, ip: string): string {
  return `login:${normal(email)}:${addressBucket(ip)}`;
}

function accountKey(email: string): string {
  return `login-account:${normal(email)}`;
}

function addressKey(ip: string): string {
  return `login-address:${addressBucket(ip)}`;
}
