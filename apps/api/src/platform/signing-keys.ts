import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

const ISSUER = 'aegisguard';

interface SigningKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/**
 * Signs and checks what the server hands out to get it back: JWT (RFC 7519), HS256 under AEGIS_JWT_SECRET. The audience says what a token is for, so that none is good for anything else. `kid` names the secret, so that it can be
 * replaced without signing everybody out: tokens of the former ones are still taken.
 */
export class SigningKeys {
  private readonly keys: readonly [SigningKey, ...SigningKey[]];

  constructor(
    secrets: readonly [Uint8Array, ...Uint8Array[]],
    private readonly nowMs: () => number = Date.now,
  ) {
    const [present, ...former] = secrets;
    this.keys = [signingKey(present), ...former.map(signingKey)];
  }

  sign(audience: string, lifeSeconds: number, claims: JWTPayload): Promise<string> {
    const now = Math.floor(this.nowMs() / 1000);
    const [{ id, secret }] = this.keys;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: id })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifeSeconds)
      .sign(secret);
  }

  /** The claims; throws a `JOSEError` for a token that is forged, expired, or of another issuer, audience or algorithm. */
  async verify(audience: string, token: string, requiredClaims: readonly string[]): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, ({ kid }) => this.keyOf(kid), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience,
      requiredClaims: ['exp', ...requiredClaims],
      currentDate: new Date(this.nowMs()),
    });
    return payload;
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

function signingKey(secret: Uint8Array): SigningKey {
  const id = createHash('sha256').update('aegisguard signing key id').update(secret).digest('base64url').slice(0, 11);
  return { id, secret };
}
