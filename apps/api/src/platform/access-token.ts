import { AegisError } from '@aegisguard/model';
import { decodeJwt, errors } from 'jose';
import { ExpiringCache } from './expiring-cache.ts';
import { SigningKeys } from './signing-keys.ts';

const AUDIENCE = 'aegisguard:api';

/** Lifetime of an access token in seconds: short, since a session that ends is noticed within seconds only by who asks the database. */
export const ACCESS_TOKEN_SECONDS = 900;

/** What an access token says. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** A token that was verified. */
interface VerifiedToken extends AccessClaims {
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** A UUID. */
const SESSION_ID_CHARS = 36;
/** Tokens that are remembered; each with its claims is about a kilobyte. */
const REMEMBERED_MAX = 20_000;

/** Signs and checks access tokens; `sub` is the user's id, `sid` the session's. What was verified is remembered until it expires: the signature takes 50 µs, which every request would pay. */
export class AccessTokens {
  private readonly keys: SigningKeys;
  private readonly verified = new ExpiringCache<VerifiedToken>(ACCESS_TOKEN_SECONDS * 1000, REMEMBERED_MAX);

  constructor(
    secrets: readonly [Uint8Array, ...Uint8Array[]],
    private readonly nowMs: () => number = Date.now,
  ) {
    this.keys = new SigningKeys(secrets, nowMs);
  }

  sign({ userId, sessionId }: AccessClaims): Promise<string> {
    return this.keys.sign(AUDIENCE, ACCESS_TOKEN_SECONDS, { sub: userId, sid: sessionId });
  }

  /** Throws `unauthorized` for a token that is forged, expired, of another issuer or algorithm. */
  async verify(token: string): Promise<AccessClaims> {
    try {
      const { userId, sessionId, expiresAt } = await this.verified.get(token, () => this.check(token));
      if (expiresAt * 1000 <= this.nowMs()) {
        throw new errors.JWTExpired('the token was good once', {});
      }
      return { userId, sessionId };
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        throw new AegisError('unauthorized', {
          detail: 'The access token is missing, expired or not valid.',
          cause: error,
        });
      }
      throw error;
    }
  }

  private async check(token: string): Promise<VerifiedToken> {
    const { sub, sid, exp } = await this.keys.verify(AUDIENCE, token, ['sub', 'sid']);
    return { userId: sub ?? '', sessionId: String(sid), expiresAt: exp ?? 0 };
  }
}

/** Whether a token was refused because somebody made it who has not the key. Those of a key that is no longer in use are not meant. */
export function isForgery(refusal: unknown): boolean {
  const cause = refusal instanceof AegisError ? refusal.cause : undefined;
  return cause instanceof errors.JWSSignatureVerificationFailed || cause instanceof errors.JOSEAlgNotAllowed;
}

/** The session that a token names, whoever made it; undefined for what is no token. */
export function claimedSession(token: string): string | undefined {
  try {
    const { sid } = decodeJwt(token);
    return typeof sid === 'string' && sid.length <= SESSION_ID_CHARS ? sid : undefined;
  } catch {
    return undefined;
  }
}
