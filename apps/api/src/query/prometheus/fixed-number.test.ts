import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixedNumber } from './fixed-number.ts';

it.each([
  [1, '1'],
  [-1.5, '-1.5'],
  [1e21, '1000000000000000000000'],
  [-1.25e23, '-125000000000000000000000'],
  [1e-7, '0.0000001'],
  [-1.5e-9, '-0.0000000015'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
])('%d', (value, text) => {
  expect(fixedNumber(value)).toBe(text);
});

it('reads back equal, and has no exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(fixedNumber(value)).toMatch(/^-?\d+(?:\.\d+)?$/);
      expect(Number(fixedNumber(value))).toBe(value);
    }),
  );
});
