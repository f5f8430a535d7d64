import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newRecoveryCode, normalizeRecoveryCode, RecoveryCodeHash } from './recovery-code.ts';

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

it('is read as two groups of letters and digits that look like nothing else', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      expect(newRecoveryCode(random)).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
    }),
  );
});

it('has 50 bits: each character is one of 32, all as likely', () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const char = newRecoveryCode(new Uint8Array(10).fill(byte)).charAt(0);
    counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  expect(counts.size).toBe(32);
  expect(new Set(counts.values())).toEqual(new Set([8]));
});

it('is the same however it is typed', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = newRecoveryCode(random);
      const plain = normalizeRecoveryCode(code);
      expect(plain).toBe(code.replace('-', ''));
      for (const typed of [
        code.toUpperCase(),
        plain,
        ` ${plain.slice(0, 3)} ${plain.slice(3)}\n`,
        code.replaceAll('0', 'O').replaceAll('1', 'l'),
        code.replaceAll('1', 'I'),
      ]) {
        expect(normalizeRecoveryCode(typed)).toBe(plain);
      }
    }),
  );
});

it('is stored as a hash that belongs to the person and the master key', () => {
  const hash = new RecoveryCodeHash(Buffer.alloc(32, 1));
  const stored = hash.of('a', 'abcde-fghjk');
  expect(stored).toHaveLength(32);
  expect(hash.of('a', 'ABCDEFGHJK')).toEqual(stored);
  expect(hash.of('b', 'abcde-fghjk')).not.toEqual(stored);
  expect(new RecoveryCodeHash(Buffer.alloc(32, 2)).of('a', 'abcde-fghjk')).not.toEqual(stored);
});
