import { randomBytes } from 'node:crypto';
import { AegisError, AUTH_METHODS } from '@aegisguard/model';
import { errors } from 'jose';
import { z } from 'zod';
import type { SigningKeys } from '../platform/signing-keys.ts';

const AUDIENCE = 'aegisguard:mfa';
const LIFE_SECONDS = 300;

const Claims = z.object({ sub: z.string(), jti: z.string(), mth: z.enum(AUTH_METHODS) });

/** A login whose first step is done. */
export interface HalfLogin {
  readonly userId: string;
  /** How the first step was done. */
  readonly method: (typeof AUTH_METHODS)[number];
  /** Names the token, which is good for one session. */
  readonly id: string;
}

/** Tokens that say that the first step of a login is done. They open nothing but the second. */
export class MfaTokens {
  constructor(private readonly keys: SigningKeys) {}

  sign({ userId, method }: Omit<HalfLogin, 'id'>): Promise<string> {
    const jti = randomBytes(16).toString('base64url');
    return this.keys.sign(AUDIENCE, LIFE_SECONDS, { sub: userId, jti, mth: method });
  }

  /** Throws `unauthorized` for a token that is forged, expired or for something else. */
  async verify(token: string): Promise<HalfLogin> {
    try {
      const { sub, jti, mth } = Claims.parse(await this.keys.verify(AUDIENCE, token, ['sub', 'jti']));
      return { userId: sub, id: jti, method: mth };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw loginTooLate(error);
      }
      throw error;
    }
  }
}

/** The first step of a login is no longer good. */
export function loginTooLate(cause?: unknown): AegisError {
  return new AegisError('unauthorized', {
    detail: 'The login took longer than five minutes, or was finished before: sign in again.',
    cause,
  });
}
