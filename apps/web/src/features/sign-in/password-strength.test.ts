import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passwordStrength } from './password-strength.ts';

it('says what is missing, and what makes a password weak', () => {
  expect(passwordStrength('', [])).toMatchObject({ level: 0 });
  expect(passwordStrength('abcdefg', [])).toEqual({ level: 0, words: 'One more character.' });
  expect(passwordStrength('abababababab', [])).toMatchObject({ level: 1 });
  expect(passwordStrength('Ada.Lovelace1', ['ada.lovelace@example.com'])).toEqual({
    level: 1,
    words: 'Weak: it is little more than your name or address.',
  });
  expect(passwordStrength('correct horse battery', ['Horse Ltd'])).toEqual({ level: 3, words: 'Strong.' });
});

it('refuses exactly what is too short, counted in characters as people see them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (password) => {
      expect(passwordStrength(password, []).level === 0).toBe([...password].length < 8);
    }),
  );
});
