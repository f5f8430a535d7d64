import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callFunction, samplesOf, vector, vectorSeries } from '../../testing/call-function.ts';
import { TRIGONOMETRIC_FUNCTIONS } from './trigonometric-functions.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

function apply(name: string, value: number): number {
  const values = [vector(vectorSeries({}, [value]))];
  return Number(samplesOf(callFunction(TRIGONOMETRIC_FUNCTIONS, name, { values }).value)[0]);
}

it.each<[string, ...(readonly [value: number, expected: number])[]]>([
  ['sin', [0, 0], [Math.PI / 6, 0.5], [inf, nan]],
  ['cos', [0, 1], [Math.PI / 3, 0.5], [inf, nan]],
  ['tan', [0, 0], [Math.PI / 4, 1], [inf, nan]],
  ['asin', [0.5, Math.PI / 6], [1.1, nan]],
  ['acos', [0.5, Math.PI / 3], [1.1, nan]],
  ['atan', [1, Math.PI / 4], [inf, Math.PI / 2]],
  ['sinh', [0, 0], [1, (Math.E - 1 / Math.E) / 2], [-inf, -inf]],
  ['cosh', [0, 1], [1, (Math.E + 1 / Math.E) / 2], [-inf, inf]],
  ['tanh', [0, 0], [inf, 1], [-inf, -1]],
  ['asinh', [0, 0], [-inf, -inf]],
  ['acosh', [1, 0], [0.9, nan], [inf, inf]],
  ['atanh', [0, 0], [1, inf], [-1, -inf], [1.1, nan]],
  ['deg', [Math.PI, 180], [-Math.PI / 2, -90], [inf, inf]],
  ['rad', [180, Math.PI], [-90, -Math.PI / 2], [inf, inf]],
])('%s', (name, ...cases) => {
  for (const [value, expected] of cases) {
    const found = apply(name, value);
    expect(Object.is(found, expected) || Math.abs(found - expected) < 1e-12).toBe(true);
  }
  expect(apply(name, nan)).toBe(nan);
});

it.each([
  ['sin', 'asin', 1],
  ['cos', 'acos', 1],
  ['tan', 'atan', 100],
  ['sinh', 'asinh', 100],
  ['tanh', 'atanh', 0.99],
  ['deg', 'rad', 1000],
] as const)('%s undoes %s', (name, inverse, max) => {
  fc.assert(
    fc.property(fc.double({ min: -max, max, noNaN: true }), (value) => {
      expect(apply(name, apply(inverse, value))).toBeCloseTo(value, 9);
    }),
  );
});
