import { regexSizeBound } from '@aegisguard/model';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';

describe('regexSizeBound', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['a{1000}', 1000],
    ['(ab){10}', 30],
    ['((a{10}){10}){10}', 1110],
    ['[abc\\]{9}]{10}', 10],
    ['[]{5}]', 1],
    ['[^]{5}]', 1],
    ['\\{10}', 4],
    ['a{2,}', 2],
    ['a{,5}', 5],
    ['a{0}', 1],
    ['((((', 0],
    ['))))', 4],
    ['[', 1],
    ['\\', 1],
  ])('%s', (pattern, size) => {
    expect(regexSizeBound(pattern)).toBe(size);
  });

  it('is not far below what RE2 compiles to', () => {
    const atom = fc.constantFrom('a', '.', '[a-z]', '\\d', '(?:ab)', '(a|b)', 'x?', '(c{3}d){2}');
    const repeated = fc
      .tuple(atom, fc.constantFrom('', '{2}', '{3,9}', '{20}', '{2,}'))
      .map(([a, times]) => (/[?}]$/.test(a) ? a : a + times));
    fc.assert(
      fc.property(fc.array(repeated, { minLength: 1, maxLength: 8 }), (parts) => {
        const pattern = parts.join('');
        // Optional repetitions and alternatives need a branch each, a group two captures; 5 for the program's frame.
        expect(RE2JS.compile(pattern).programSize()).toBeLessThanOrEqual(regexSizeBound(pattern) * 3 + 5);
      }),
    );
  });
});
