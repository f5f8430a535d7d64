import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AegisError } from '@aegisguard/model';

/** 32 letters and digits without 0, 1, l and o, which people mix up: five bits each, and no character that a shell or a double click minds. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Kinds of keys whose secret is a bearer token, with what the token's text begins with. */
const TOKEN_PREFIXES = { token: 'agt', query: 'agq' } as const;
/** A token: prefix, what follows `agk_` in its key's id, 260 secret bits. */
const TOKEN = /^ag[tq]_(?<key>[a-km-np-z2-9]{20})_[a-km-np-z2-9]{52}$/;
const MADE_UP_KEY_ID = /^agk_(?<key>[a-km-np-z2-9]{20})$/;

const KEY_ID = /^[A-Za-z0-9_-]{8,64}$/;
const SECRET_CHARS_MIN = 16;
const SECRET_CHARS_MAX = 1024;

/** A fresh public key id; 100 random bits, so that ids do not meet. */
export function newKeyId(): string {
  return `agk_${randomText(20)}`;
}

/** A fresh secret of 260 bits. The prefixes let scanners of leaked secrets find it. */
export function newSecret(): string {
  return `ags_${randomText(52)}`;
}

/** A fresh bearer token for a key whose id `newKeyId` made: the text names the key, so that one look-up finds it. */
export function newToken(kind: keyof typeof TOKEN_PREFIXES, keyId: string): string {
  const key = MADE_UP_KEY_ID.exec(keyId)?.groups?.key;
  if (key === undefined) {
    throw new TypeError('a token needs a key id that was made up here');
  }
  return `${TOKEN_PREFIXES[kind]}_${key}_${randomText(52)}`;
}

/** The id of the key that a bearer token names; undefined for a text that is no token of ours. Says nothing about whether the token is valid. */
export function keyIdOfToken(text: string): string | undefined {
  const key = TOKEN.exec(text)?.groups?.key;
  return key === undefined ? undefined : `agk_${key}`;
}

/** Whether a bearer token is one of a key's secrets. Every secret is tried, and compared by digest in constant time: neither the place nor the length of a difference shows. */
export function isTokenOf(text: string, secrets: readonly Uint8Array[]): boolean {
  const digest = sha256(text);
  let valid = false;
  for (const secret of secrets) {
    valid = timingSafeEqual(sha256(secret), digest) || valid;
  }
  return valid;
}

/** A fresh password of 100 bits, in groups so that it can be read out. */
export function newPassword(): string {
  return [randomText(5), randomText(5), randomText(5), randomText(5)].join('-');
}

/** Whether a text may be a key id (contract §6, "Auth"). */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}

/** A key id chosen by an operator; throws `invalid-request`. */
export function parseKeyId(text: string): string {
  if (!isKeyId(text)) {
    throw new AegisError('invalid-request', { detail: 'A key id has 8 to 64 characters of A-Z, a-z, 0-9, _ and -.' });
  }
  return text;
}

/** A secret chosen by an operator; throws `invalid-request`. */
export function parseSecret(text: string): string {
  if (text.length < SECRET_CHARS_MIN || text.length > SECRET_CHARS_MAX) {
    throw new AegisError('invalid-request', {
      detail: `A secret has ${SECRET_CHARS_MIN} to ${SECRET_CHARS_MAX} characters.`,
    });
  }
  return text;
}

/** Every byte's low five bits choose one of exactly 32 characters, so none is likelier. */
function randomText(chars: number): string {
  return Array.from(randomBytes(chars), (byte) => ALPHABET.charAt(byte & 31)).join('');
}

function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
