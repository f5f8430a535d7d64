import { AegisError } from '@aegisguard/model';
import { errors, jwtVerify, SignJWT } from 'jose';

const ISSUER = 'aegisguard';
const AUDIENCE = 'aegisguard:api';

/** Lifetime of an access token in seconds: short, since it cannot be taken back; refresh tokens come with the control plane. */
export const ACCESS_TOKEN_SECONDS = 900;

/** Signs and checks access tokens: JWT (RFC 7519), HS256 under AEGIS_JWT_SECRET, the subject being the user's id. */
export class AccessTokens {
  constructor(
    private readonly secret: Uint8Array,
    private readonly nowMs: () => number = Date.now,
  ) {}

  sign(userId: string): Promise<string> {
    const now = Math.floor(this.nowMs() / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(this.secret);
  }

  /** The user's id; throws `unauthorized` for a token that is forged, expired, of another issuer or algorithm. */
  async verify(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, this.secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(this.nowMs()),
      });
      return payload.sub ?? '';
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
}
