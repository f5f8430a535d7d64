import { createHash } from 'node:crypto';
import { AegisError } from '@aegisguard/model';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import { ExpiringCache } from './expiring-cache.ts';

const ISSUER = 'aegisguard';
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

interface SigningKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/**
 * Signs and checks access tokens: JWT (RFC 7519), HS256 under AEGIS_JWT_SECRET; `sub` is the user's id, `sid` the session's. `kid` names the secret, so that it can be replaced without signing everybody out: tokens of the
 * former ones are still taken. What was verified is remembered until it expires: the signature takes 50 µs, which every request would pay.
 */
export class AccessTokens {
  private readonly keys: readonly [SigningKey, ...SigningKey[]];
  private readonly verified = new ExpiringCache<VerifiedToken>(ACCESS_TOKEN_SECONDS * 1000, REMEMBERED_MAX);

  constructor(
    secrets: readonly [Uint8Array, ...Uint8Array[]],
    private readonly nowMs: () => number = Date.now,
  ) {
    const [present, ...former] = secrets;
    this.keys = [signingKey(present), ...former.map(signingKey)];
  }

  sign({ userId, sessionId }: AccessClaims): Promise<string> {
    const now = Math.floor(this.nowMs() / 1000);
    const [{ id, secret }] = this.keys;
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: id })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(secret);
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
    const { payload } = await jwtVerify(token, ({ kid }) => this.keyOf(kid), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'exp'],
      currentDate: new Date(this.nowMs()),
    });
    return { userId: payload.sub ?? '', sessionId: String(payload.sid), expiresAt: payload.exp ?? 0 };
  }

  /** A token that names no key is one of the present. */
  private keyOf(kid: string | undefined): Uint8Array {
    const key = kid === undefined ? this.keys[0] : this.keys.find(({ id }) => id === kid);
    if (key === undefined) {
      throw new errors.JWKSNoMatchingKey();
    }
    return key.secret;
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

function signingKey(secret: Uint8Array): SigningKey {
  const id = createHash('sha256').update('aegisguard signing key id').update(secret).digest('base64url').slice(0, 11);
  return { id, secret };
}
