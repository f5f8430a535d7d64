import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBound } from './format-bound.ts';

describe('bounds as labels', () => {
  it.each([
    [1, '1'],
    [0.005, '0.005'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2.5e22, '-25000000000000000000000'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('%d is %s', (bound, label) => {
    expect(formatBound(bound)).toBe(label);
  });

  it('are read back as the same doubles, and have no exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (bound) => {
        expect(Number(formatBound(bound))).toBe(bound === 0 ? 0 : bound);
        expect(formatBound(bound)).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });
});
