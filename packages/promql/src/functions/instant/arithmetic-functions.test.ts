import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callFunction, samplesOf, scalar, vector, vectorSeries } from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { ARITHMETIC_FUNCTIONS } from './arithmetic-functions.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** What a function gives for one sample and further scalars. */
function apply(name: string, value: number, ...scalars: readonly number[]): unknown {
  const values = [vector(vectorSeries({ __name__: 'm' }, [value])), ...scalars.map((number) => scalar(number))];
  return samplesOf(callFunction(ARITHMETIC_FUNCTIONS, name, { values }).value)[0];
}

it.each<[string, ...(readonly [value: number, expected: number])[]]>([
  ['abs', [-2, 2], [inf, inf], [-inf, inf], [nan, nan]],
  ['ceil', [1.49, 2], [1.78, 2], [-1.5, -1], [inf, inf], [-0, -0], [nan, nan]],
  ['floor', [1.49, 1], [1.78, 1], [-1.5, -2], [-inf, -inf], [-0, -0], [nan, nan]],
  ['exp', [0, 1], [1, Math.E], [-inf, 0], [inf, inf], [nan, nan]],
  ['ln', [Math.E, 1], [0, -inf], [-1, nan], [inf, inf], [nan, nan]],
  ['log2', [8, 3], [0.5, -1], [0, -inf], [-1, nan], [inf, inf], [nan, nan]],
  ['log10', [1000, 3], [0.01, -2], [0, -inf], [-1, nan], [inf, inf], [nan, nan]],
  ['sqrt', [9, 3], [-1, nan], [inf, inf], [nan, nan]],
  ['sgn', [-3, -1], [0, 0], [-0, -0], [0.1, 1], [inf, 1], [-inf, -1], [nan, nan]],
  ['round', [2.4, 2], [2.5, 3], [-2.5, -2], [-2.6, -3], [inf, inf], [nan, nan]],
])('%s', (name, ...cases) => {
  for (const [value, expected] of cases) {
    expect(apply(name, value)).toBe(expected);
  }
});

it('round takes the nearest multiple, of two the greater', () => {
  expect(apply('round', 17, 5)).toBe(15);
  expect(apply('round', 17.5, 5)).toBe(20);
  expect(apply('round', -17.5, 5)).toBe(-15);
  expect(apply('round', 0.05, 0.1)).toBe(0.1);
  expect(apply('round', 1.23456, 0.001)).toBe(1.235);
  expect(apply('round', 5, 0)).toBe(nan);
});

it('clamps to both limits, to one, and to nothing when they cross', () => {
  expect(apply('clamp', 5, 0, 3)).toBe(3);
  expect(apply('clamp', -5, 0, 3)).toBe(0);
  expect(apply('clamp', 2, 0, 3)).toBe(2);
  expect(apply('clamp', 2, 3, 0)).toBeUndefined();
  expect(apply('clamp', 2, nan, 3)).toBe(nan);
  expect(apply('clamp', 2, 0, nan)).toBe(nan);
  expect(apply('clamp', nan, 0, 3)).toBe(nan);
  expect(apply('clamp_min', 2, 3)).toBe(3);
  expect(apply('clamp_min', -inf, 3)).toBe(3);
  expect(apply('clamp_min', 4, nan)).toBe(nan);
  expect(apply('clamp_max', 4, 3)).toBe(3);
  expect(apply('clamp_max', inf, 3)).toBe(3);
  expect(apply('clamp_max', 4, nan)).toBe(nan);
});

it('clamps into the interval, and leaves alone what is in it', () => {
  const number = fc.double({ noNaN: true });
  fc.assert(
    fc.property(number, number, number, (value, a, b) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      const clamped = Number(apply('clamp', value, min, max));
      expect(clamped >= min && clamped <= max).toBe(true);
      expect(value < min || value > max || clamped === value).toBe(true);
    }),
  );
});

it('takes scalars point by point', () => {
  const values = [
    vector(vectorSeries({ __name__: 'm' }, [7, 7, undefined])),
    { type: 'scalar', values: Float64Array.of(1, 9, 1) } as const,
  ];
  const { value } = callFunction(ARITHMETIC_FUNCTIONS, 'clamp_min', { pointsMs: [0, 1, 2], values });
  expect(samplesOf(value)).toEqual([7, 9, undefined]);
});

it('ignores histograms silently', () => {
  const values = [vector(vectorSeries({ __name__: 'm' }, [sampleHistogram()])), scalar(0), scalar(1)];
  for (const name of Object.keys(ARITHMETIC_FUNCTIONS)) {
    const answer = callFunction(ARITHMETIC_FUNCTIONS, name, { values });
    expect(samplesOf(answer.value)).toEqual([undefined]);
    expect(answer.annotations).toEqual([]);
  }
});
