import { AegisError } from '@aegisguard/model';

/** RFC 5321 §4.5.3.1.3: 254 characters fit into a path. */
const EMAIL_CHARS_MAX = 254;
/** Deliberately loose: one @, something on both sides, no blanks and no control characters. Whether mail arrives is proven by sending one. */
const EMAIL = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u;

/** The form in which addresses are stored and compared: trimmed, NFC, lower case, the local part too, as every large provider treats it. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** Whether a text in normal form can be an address at all; nobody has one that cannot. */
export function isEmail(normal: string): boolean {
  return normal.length <= EMAIL_CHARS_MAX && EMAIL.test(normal);
}

/** The stored form of an address for a new user; throws `invalid-request` when it is none. */
export function parseEmail(email: string): string {
  const normal = normalizeEmail(email);
  if (!isEmail(normal)) {
    throw new AegisError('invalid-request', { detail: 'The e-mail address is not valid.' });
  }
  return normal;
}
