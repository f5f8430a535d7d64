import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unescapeLabelName } from './label-name-escape.ts';

function escaped(name: string): string {
  const pieces = Array.from(name, (character) => {
    if (character === '_') {
      return '__';
    }
    return /^[A-Za-z0-9]$/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}_`;
  });
  return `U__${pieces.join('')}`;
}

it.each([
  ['job', 'job'],
  ['U__http_2e_status', 'http.status'],
  ['U__mysystem_2e_prod_2e_west_2e_cpu__load', 'mysystem.prod.west.cpu_load'],
  ['U___1F600_', '😀'],
  ['U__', ''],
  ['U__bad_zz_', 'U__bad_zz_'],
  ['U__half_', 'U__half_'],
  ['U___d800_', 'U___d800_'],
  ['U___110000_', 'U___110000_'],
])('%s is %s', (name, meant) => {
  expect(unescapeLabelName(name)).toBe(meant);
});

it('gives back every name that was escaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(unescapeLabelName(escaped(name))).toBe(name);
    }),
  );
});
