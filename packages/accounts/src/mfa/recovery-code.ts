import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Crockford's Base32 in lower case, without the letters that look like digits: https://www.crockford.com/base32.html */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** At five bits each: 50 bits, far beyond guessing at ten tries in 15 minutes. */
const CHARS = 10;
const LOOK_ALIKES: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

/** How many codes a person gets. */
export const RECOVERY_CODES = 10;

/** A fresh code as people read it, `xxxxx-xxxxx`. */
export function newRecoveryCode(random: Uint8Array = randomBytes(CHARS)): string {
  const chars = Array.from(random.subarray(0, CHARS), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `${chars.slice(0, CHARS / 2).join('')}-${chars.slice(CHARS / 2).join('')}`;
}

/** A code as it is hashed: however it was typed, with look-alikes read as the digits that are meant. */
export function normalizeRecoveryCode(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll(/[oil]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
}

/** Hashes codes under a key drawn from the master key: who reads the table alone cannot try all 2^50. */
export class RecoveryCodeHash {
  readonly #key: Uint8Array;

  constructor(masterKey: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), 'aegisguard recovery codes v1', 32));
  }

  /** What is stored of a person's code. */
  of(userId: string, code: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(
      createHmac('sha256', this.#key)
        .update(`${userId} ${normalizeRecoveryCode(code)}`)
        .digest(),
    );
  }
}
