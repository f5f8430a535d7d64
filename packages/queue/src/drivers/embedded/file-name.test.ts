import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileNameOf, nameOfFile } from './file-name.ts';

it('makes names that are safe on every file system and can be read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      const file = fileNameOf(name);
      expect(file).toMatch(/^[a-z0-9_%-]+$/);
      expect(nameOfFile(file)).toBe(name);
    }),
  );
});

it('escapes separators, dots and capitals', () => {
  expect(fileNameOf('logs:raw')).toBe('logs%3araw');
  expect(fileNameOf('../A')).toBe('%2e%2e%2f%41');
});

it('knows the files that are not ours', () => {
  expect(nameOfFile('aside.txt')).toBeUndefined();
  expect(nameOfFile('%zz')).toBeUndefined();
  expect(nameOfFile('LOGS')).toBeUndefined();
});
