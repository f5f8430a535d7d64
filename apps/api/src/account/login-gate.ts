import { normalizeEmail } from '@aegisguard/accounts';
import { type Limits, LOGIN_THROTTLE, type ThrottlePolicy } from '@aegisguard/limits';
import { AegisError } from '@aegisguard/model';
import { addressBucket, addressNetwork, addressShare } from '../platform/address-bucket.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** From any address: what a botnet with a new address for each guess runs into. */
const ACCOUNT_THROTTLE = { attemptsMax: 50, windowMs: 15 * MINUTE_MS, lockMsMax: 24 * HOUR_MS } as const;
const ADDRESS_ATTEMPTS_MAX = 100;
/** Logins, right ones too, registrations and requests for mails: a password takes some 20 ms of a processor, of which everybody else is to keep the most. */
const REQUESTS_PER_MINUTE = 300;
const PROOFS_PER_MINUTE = 30;
const REGISTRATIONS_MAX = 10;
const RESETS_MAX = 20;
/** People whom one person may add or invite: each tells whether there is such an account. */
const INVITATIONS_THROTTLE = { attemptsMax: 300, windowMs: HOUR_MS } as const;
/** Mails of one kind to one address. Whoever registers names any address they like, so all of them can be caused by anybody. */
const MAILS_THROTTLE = { attemptsMax: 5, windowMs: HOUR_MS } as const;
/** Who has many addresses of one network is given no more than so many would be. */
const NETWORK_SHARE = 10;

/** What a mail is about. */
export type MailKind = 'reset' | 'new-device' | 'password-changed' | 'invitation';

/** What goes on around a login that is counted. */
export interface LoginWatch {
  /** Told when the attempt was the one too many. */
  readonly onLock: () => void;
  /** Whether the account's person has signed in on such a device at such an address. */
  readonly isKnownPlace: () => Promise<boolean>;
}

/**
 * Counts what can be guessed or flooded, before its outcome is known and whether or not there is such an account: logins for an account from an address, for an account from anywhere, from an address or its network for any
 * account; registrations, invitations and mails.
 */
export class LoginGate {
  constructor(private readonly limits: Pick<Limits, 'limiter' | 'throttle'>) {}

  /** Counts a login; throws `login-throttled`. What others do to an account's lock does not hold where its person has signed in before: else anybody could keep them out. */
  async admitLogin(email: string, ip: string, { onLock, isKnownPlace }: LoginWatch): Promise<void> {
    // One after the other: what is refused for its address must not lock the account for everybody else.
    await this.limitRequests('login-throttled', ip);
    const counts = [
      ...perAddress('login', ip, ADDRESS_ATTEMPTS_MAX, 15 * MINUTE_MS),
      [pairKey(email, ip), LOGIN_THROTTLE],
      [accountKey(email), ACCOUNT_THROTTLE],
    ] as const;
    for (const [key, policy] of counts) {
      const { beganLock, blocked, retryAfterSeconds } = await this.limits.throttle.attempt(key, policy);
      if (beganLock) {
        onLock();
      }
      if (blocked && !(key === accountKey(email) && (await isKnownPlace()))) {
        const detail = 'Too many failed logins; wait before the next try.';
        throw new AegisError('login-throttled', { detail, retryAfterSeconds });
      }
    }
  }

  /** A login succeeded. That of one account says nothing for what else came from its address. */
  async loginSucceeded(email: string, ip: string): Promise<void> {
    const counts = perAddress('login', ip, ADDRESS_ATTEMPTS_MAX, 15 * MINUTE_MS);
    await Promise.all([this.unlock(email, ip), ...counts.map(([key]) => this.limits.throttle.forgive(key))]);
  }

  /** Ends the locks of an account, for whoever proved to be its person. */
  async unlock(email: string, ip: string): Promise<void> {
    const { throttle } = this.limits;
    await Promise.all([throttle.clear(pairKey(email, ip)), throttle.clear(accountKey(email))]);
  }

  /** Runs what checks the present password of who is signed in; throws `login-throttled` after too many that were wrong. Counted apart from codes: a right password must not make up for wrong ones. */
  async proof<T>(userId: string, check: () => Promise<T>): Promise<T> {
    const key = `proof:${userId}`;
    await this.limitRate('login-throttled', key, PROOFS_PER_MINUTE);
    await this.admit('login-throttled', [[key, LOGIN_THROTTLE]]);
    const result = await check();
    await this.limits.throttle.clear(key);
    return result;
  }

  /** Counts a person whom somebody adds or invites; throws `rate-limited`. */
  async admitInvitation(userId: string): Promise<void> {
    await this.admit('rate-limited', [[`invite:${userId}`, INVITATIONS_THROTTLE]]);
  }

  /** Counts a registration; throws `rate-limited`. */
  async admitRegistration(ip: string): Promise<void> {
    await this.limitRequests('rate-limited', ip);
    await this.admit('rate-limited', perAddress('register', ip, REGISTRATIONS_MAX, HOUR_MS));
  }

  /** Counts a request for a mail; throws `rate-limited`. */
  async admitReset(ip: string): Promise<void> {
    await this.limitRequests('rate-limited', ip);
    await this.admit('rate-limited', perAddress('reset', ip, RESETS_MAX, HOUR_MS));
  }

  /** Whether an address may be sent another mail of the kind; nobody but its person may learn the answer. */
  async mayMail(kind: MailKind, email: string): Promise<boolean> {
    const key = `mail:${kind}:${normalizeEmail(email)}`;
    return !(await this.limits.throttle.attempt(key, MAILS_THROTTLE)).blocked;
  }

  private async admit(code: Refusal, counts: readonly Count[]): Promise<void> {
    for (const [key, policy] of counts) {
      const { blocked, retryAfterSeconds } = await this.limits.throttle.attempt(key, policy);
      if (blocked) {
        throw new AegisError(code, { detail: 'Too many tries; wait before the next one.', retryAfterSeconds });
      }
    }
  }

  /** Also keeps who has a network full of addresses from filling the memory of what is counted by address. */
  private async limitRequests(code: Refusal, ip: string): Promise<void> {
    const perMinute = REQUESTS_PER_MINUTE * addressShare(ip);
    await this.limitRate(code, `auth:${addressBucket(ip)}`, perMinute);
    await this.limitRate(code, `auth:${addressNetwork(ip)}`, perMinute * NETWORK_SHARE);
  }

  private async limitRate(code: Refusal, key: string, perMinute: number): Promise<void> {
    const { allowed, retryAfterSeconds } = await this.limits.limiter.take(key, perMinute);
    if (!allowed) {
      throw new AegisError(code, { detail: 'Too many at once; wait a moment.', retryAfterSeconds });
    }
  }
}

type Refusal = 'rate-limited' | 'login-throttled';
type Count = readonly [key: string, policy: ThrottlePolicy];

/** The address first: what is refused for it must not lock out its neighbours. */
function perAddress(what: string, ip: string, attemptsMax: number, windowMs: number): readonly Count[] {
  const own = attemptsMax * addressShare(ip);
  return [
    [`${what}-address:${addressBucket(ip)}`, { attemptsMax: own, windowMs }],
    [`${what}-network:${addressNetwork(ip)}`, { attemptsMax: own * NETWORK_SHARE, windowMs }],
  ];
}

/** Another way of writing an account's address is not another ten guesses. */
function pairKey(email: string, ip: string): string {
  return `login:${normalizeEmail(email)}:${addressBucket(ip)}`;
}

function accountKey(email: string): string {
  return `login-account:${normalizeEmail(email)}`;
}
