import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RefreshTokens } from './refresh-token.ts';

const tokens = new RefreshTokens(Buffer.alloc(32, 7));
const claims = fc.record({ sessionId: fc.uuid(), generation: fc.nat(999_999_999) });

it('reads what it made, and nobody else’s', () => {
  const other = new RefreshTokens(randomBytes(32));
  fc.assert(
    fc.property(claims, (claim) => {
      const token = tokens.make(claim);
      expect(tokens.read(token)).toEqual(claim);
      expect(token).toMatch(/^[A-Za-z0-9_.-]{1,100}$/);
      expect(other.read(token)).toBeUndefined();
    }),
  );
});

it('reads no token in which a character was changed, and none for another session or generation', () => {
  fc.assert(
    fc.property(claims, fc.nat(), fc.constantFrom(...'Aa0-_.'), (claim, at, character) => {
      const token = tokens.make(claim);
      const place = at % token.length;
      const changed = token.slice(0, place) + character + token.slice(place + 1);
      fc.pre(changed !== token);
      const read = tokens.read(changed);
      // The last character of a MAC holds two bits that mean nothing.
      expect(read === undefined || place === token.length - 1).toBe(true);
      const [sessionId, generation, mac] = token.split('.');
      expect(tokens.read(`${sessionId}.${Number(generation) + 1}.${mac}`)).toBeUndefined();
    }),
  );
});

it.each(['', '..', 'a.b.c', `${'0'.repeat(36)}.0.${'A'.repeat(43)}`, '\0'])('reads no %j', (text) => {
  expect(tokens.read(text)).toBeUndefined();
});
