import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isKeyId,
  isTokenOf,
  keyIdOfToken,
  newKeyId,
  newPassword,
  newSecret,
  newToken,
  parseKeyId,
  parseSecret,
} from './key-text.ts';

describe('made-up texts', () => {
  it('have their form and never meet', () => {
    const ids = Array.from({ length: 500 }, newKeyId);
    const secrets = Array.from({ length: 500 }, newSecret);
    expect(new Set([...ids, ...secrets]).size).toBe(1000);
    expect(ids.every((id) => /^agk_[a-km-np-z2-9]{20}$/.test(id) && isKeyId(id))).toBe(true);
    expect(secrets.every((secret) => /^ags_[a-km-np-z2-9]{52}$/.test(secret))).toBe(true);
    expect(newPassword()).toMatch(/^(?:[a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
  });

  it('use all 32 characters about equally', () => {
    const counts = new Map<string, number>();
    for (const char of Array.from({ length: 400 }, newSecret).flatMap((secret) => [...secret.slice(4)])) {
      counts.set(char, (counts.get(char) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    // 20,800 draws, 650 expected of each, standard deviation 25: eight of them.
    expect(Math.min(...counts.values())).toBeGreaterThan(450);
    expect(Math.max(...counts.values())).toBeLessThan(850);
  });
});

describe('texts from outside', () => {
  it.each(['12345678', 'A_b-c_d-', 'x'.repeat(64)])('takes the key id %s', (text) => {
    expect(parseKeyId(text)).toBe(text);
  });

  it.each(['', '1234567', 'x'.repeat(65), 'with space', 'ümlaut-key', "'; DROP TABLE", 'newline8\n', 'null\u00008888'])(
    'refuses the key id %j',
    (text) => {
      expect(isKeyId(text)).toBe(false);
      expect(() => parseKeyId(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    },
  );

  it('takes no key id with a foreign character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 8, maxLength: 64 }), (text) => {
        expect(isKeyId(text)).toBe([...text].every((char) => /^[A-Za-z0-9_-]$/.test(char)) && text.length <= 64);
      }),
    );
  });

  it('takes secrets of 16 to 1024 characters', () => {
    expect(parseSecret('x'.repeat(16))).toHaveLength(16);
    expect(() => parseSecret('x'.repeat(15))).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    expect(() => parseSecret('x'.repeat(1025))).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });
});

describe('tokens', () => {
  it('name their key, and differ each time', () => {
    const keyId = newKeyId();
    const tokens = Array.from({ length: 100 }, () => newToken('token', keyId));
    expect(new Set(tokens).size).toBe(100);
    expect(tokens.every((token) => keyIdOfToken(token) === keyId)).toBe(true);
    expect(newToken('token', keyId)).toMatch(/^agt_/);
    expect(newToken('query', keyId)).toMatch(/^agq_/);
    expect(keyIdOfToken(newToken('query', keyId))).toBe(keyId);
    expect(() => newToken('token', 'my-own_KEY')).toThrow(TypeError);
  });

  it('are told from everything else', () => {
    const token = newToken('token', newKeyId());
    const others = [
      '',
      newKeyId(),
      newSecret(),
      'a.b.c',
      `${token} `,
      `${token}\n`,
      ` ${token}`,
      `${token}a`,
      token.slice(0, -1),
      token.toUpperCase(),
      token.replace('agt', 'ags'),
      token.replace('_', '-'),
    ];
    expect(others.map(keyIdOfToken)).toEqual(others.map(() => undefined));
    fc.assert(fc.property(fc.string(), (text) => keyIdOfToken(text) === undefined));
  });

  it('are one of the secrets in whole, or none', () => {
    const [first = '', second = '', third = ''] = Array.from({ length: 3 }, () => newToken('token', newKeyId()));
    const secrets = [first, second].map((text) => Buffer.from(text));
    expect([first, second].every((text) => isTokenOf(text, secrets))).toBe(true);
    const others = [third, '', first.slice(0, -1), `${first}a`, first.toUpperCase(), first.replace('agt', 'agq')];
    expect(others.some((text) => isTokenOf(text, secrets))).toBe(false);
    expect(isTokenOf(first, [])).toBe(false);
  });
});
