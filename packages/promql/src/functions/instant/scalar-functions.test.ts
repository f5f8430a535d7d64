import { expect, it } from 'vitest';
import { callFunction, scalar, vector, vectorSeries } from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { SCALAR_FUNCTIONS } from './scalar-functions.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

it('scalar is the one float of a vector at each point, and NaN where there is none or another', () => {
  const values = [
    vector(
      vectorSeries({ a: '1' }, [1, undefined, 3, undefined, 5]),
      vectorSeries({ a: '2' }, [undefined, undefined, 4, 4, 5]),
      vectorSeries({ a: '3' }, [sampleHistogram(), sampleHistogram(), undefined, undefined, 5]),
    ),
  ];
  const { value } = callFunction(SCALAR_FUNCTIONS, 'scalar', { pointsMs: [0, 1, 2, 3, 4], values });
  expect(value).toEqual({ type: 'scalar', values: Float64Array.of(1, nan, nan, 4, nan) });
});

it('vector is a scalar as an element without labels', () => {
  const values = [{ type: 'scalar', values: Float64Array.of(1, nan) } as const];
  const { value } = callFunction(SCALAR_FUNCTIONS, 'vector', { pointsMs: [0, 1], values });
  expect(value).toEqual(vector(vectorSeries({}, [1, nan])));
});

it('pi is at every point', () => {
  const { value } = callFunction(SCALAR_FUNCTIONS, 'pi', { pointsMs: [0, 1], values: [] });
  expect(value).toEqual(scalar(Math.PI, 2));
});

it.each([
  [1, 2, 2, 1],
  [-inf, 2, 2, -inf],
  [nan, 2, nan, nan],
  [nan, inf, inf, nan],
  [nan, -inf, nan, -inf],
])('of %d and %d the greater is %d and the lesser %d', (a, b, greater, lesser) => {
  const values = [scalar(a), scalar(b)];
  expect(callFunction(SCALAR_FUNCTIONS, 'max_of', { values }).value).toEqual(scalar(greater));
  expect(callFunction(SCALAR_FUNCTIONS, 'min_of', { values }).value).toEqual(scalar(lesser));
});
