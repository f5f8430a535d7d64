import { createHash, randomBytes } from 'node:crypto';

/** What a link proves itself with, and what of it is stored. */
export interface LinkToken {
  readonly token: string;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
}

const TOKEN_BYTES = 32;

/** A token of 256 random bits, so its plain SHA-256 can be stored: nobody finds it by trying. */
export function newLinkToken(): LinkToken {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, tokenHash: hashOfToken(token) };
}

/** What a token is found by. */
export function hashOfToken(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(token).digest());
}
