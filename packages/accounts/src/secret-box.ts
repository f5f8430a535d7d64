import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AegisError } from '@aegisguard/model';

/** The layout's version, the first byte of everything sealed. */
const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/**
 * Seals secrets for rest with AES-256-GCM. The master key is never the cipher key itself: HKDF-SHA256 draws the cipher key and, independently, a public key id from it.
 * Layout: version (1) · key id (4) · nonce (12) · ciphertext · tag (16). The key id tells a wrong master key from damage, and lets several master keys live side by side when one
 * is being replaced. Authenticated beside the text: version, key id and the caller's context, so that a sealed text copied to another row does not open there.
 */
export class SecretBox {
  readonly #key: Buffer;
  readonly #keyId: Buffer;

  constructor(masterKey: Uint8Array) {
    if (masterKey.length !== 32) {
      throw new TypeError('the master key must be 32 bytes');
    }
    this.#key = derive(masterKey, 'aegisguard secret-box v1 cipher key', 32);
    this.#keyId = derive(masterKey, 'aegisguard secret-box v1 key id', KEY_ID_BYTES);
  }

  /** Seals `secret` for the row that `context` names. */
  seal(secret: Uint8Array, context: string): Buffer {
    const header = Buffer.concat([Buffer.of(VERSION), this.#keyId]);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
    return Buffer.concat([header, nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** Opens what `seal` made under the same master key and context; throws `internal` on anything else. */
  open(sealed: Uint8Array, context: string): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < OVERHEAD_BYTES || bytes[0] !== VERSION) {
      throw new AegisError('internal', { internal: 'a stored secret is not in a form that this version can open' });
    }
    if (!this.isOurs(bytes)) {
      throw new AegisError('internal', {
        internal:
          'a stored secret was sealed under another master key: AEGIS_MASTER_KEY is not the one that this database was filled with',
      });
    }
    const header = bytes.subarray(0, HEADER_BYTES);
    const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new AegisError('internal', { internal: 'a stored secret is damaged or belongs to another row', cause });
    }
  }

  /** Whether `sealed` was made under this master key, by its key id alone. */
  isOurs(sealed: Uint8Array): boolean {
    return this.#keyId.equals(sealed.subarray(1, HEADER_BYTES));
  }
}

function derive(masterKey: Uint8Array, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(), purpose, length));
}
