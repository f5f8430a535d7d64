import { createDecipheriv, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretBox } from './secret-box.ts';

const MASTER_KEY = Buffer.alloc(32, 7);
const box = new SecretBox(MASTER_KEY);

describe('SecretBox', () => {
  it('opens what it sealed, in the same context, and nothing shows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (secret, context) => {
        const sealed = box.seal(secret, context);
        expect(box.open(sealed, context)).toEqual(Buffer.from(secret));
        expect(secret.length < 4 || !sealed.includes(Buffer.from(secret))).toBe(true);
        expect(sealed.length).toBe(secret.length + 33);
      }),
    );
  });

  it('never seals twice alike', () => {
    const sealed = Array.from({ length: 50 }, () => box.seal(Buffer.from('secret'), 'row').toString('hex'));
    expect(new Set(sealed).size).toBe(50);
  });

  it('refuses every changed bit, a cut text and another context', () => {
    const sealed = box.seal(Buffer.from('a secret'), 'row-1');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => box.open(changed, 'row-1'), `byte ${index}`).toThrow();
      expect(() => box.open(sealed.subarray(0, index), 'row-1'), `${index} bytes`).toThrow();
    }
    expect(() => box.open(sealed, 'row-2')).toThrow(/damaged or belongs to another row/);
  });

  it('tells a wrong master key from damage', () => {
    const other = new SecretBox(Buffer.alloc(32, 8));
    const sealed = other.seal(Buffer.from('a secret'), 'row');
    expect(box.isOurs(sealed)).toBe(false);
    expect(other.isOurs(sealed)).toBe(true);
    expect(() => box.open(sealed, 'row')).toThrow(/another master key/);
  });

  it('is AES-256-GCM under a key drawn by HKDF-SHA256, with the header and the context authenticated', () => {
    const sealed = box.seal(Buffer.from('a secret'), 'row');
    expect(sealed[0]).toBe(1);
    const key = Buffer.from(hkdfSync('sha256', MASTER_KEY, '', 'aegisguard secret-box v1 cipher key', 32));
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(5, 17));
    decipher.setAAD(Buffer.concat([sealed.subarray(0, 5), Buffer.from('row')]));
    decipher.setAuthTag(sealed.subarray(-16));
    const opened = decipher.update(sealed.subarray(17, -16), undefined, 'utf8') + decipher.final('utf8');
    expect(opened).toBe('a secret');
  });

  it('takes 32 bytes and nothing else', () => {
    expect(() => new SecretBox(Buffer.alloc(31))).toThrow(/32 bytes/);
    expect(() => new SecretBox(Buffer.alloc(64))).toThrow(/32 bytes/);
  });
});
