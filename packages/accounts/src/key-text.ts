import { randomBytes } from 'node:crypto';
import { AegisError } from '@aegisguard/model';

/** 32 letters and digits without 0, 1, l and o, which people mix up: five bits each, and no character that a shell or a double click minds. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

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
