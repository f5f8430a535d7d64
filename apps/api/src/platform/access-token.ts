import { AegisError } from '@aegisguard/model';
import { errors } from 'jose';
import { SigningKeys } from './signing-keys.ts';

const AUDIENCE = 'aegisguard:api';

/** Lifetime of an access token in seconds: short, since a session that ends is noticed within seconds only by who asks the database. */
export const ACCESS_TOKEN_SECONDS = 900;

/** What an access token says. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** Signs and checks access tokens; `sub` is the user's id, `sid` the session's. */
export class AccessTokens {
  private readonly keys: SigningKeys;

  constructor(secrets: readonly [Uint8Array, ...Uint8Array[]], nowMs: () => number = Date.now) {
    this.keys = new SigningKeys(secrets, nowMs);
  }

  sign({ userId, sessionId }: AccessClaims): Promise<string> {
    return this.keys.sign(AUDIENCE, ACCESS_TOKEN_SECONDS, { sub: userId, sid: sessionId });
  }

  /** Throws `unauthorized` for a token that is forged, expired, of another issuer or algorithm. */
  async verify(token: string): Promise<AccessClaims> {
    try {
      const { sub, sid } = await this.keys.verify(AUDIENCE, token, ['sub', 'sid']);
      return { userId: sub ?? '', sessionId: String(sid) };
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
