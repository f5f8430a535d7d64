import { expect, it } from 'vitest';
import { formatFixed } from './format-fixed.ts';
import { formatGeneral } from './format-general.ts';

it.each([
  [0, '0', '0.000000'],
  [-0, '-0', '0.000000'],
  [0.1, '0.1', '0.100000'],
  [-1.5, '-1.5', '-1.500000'],
  [100_000, '100000', '100000.000000'],
  [1_000_000, '1e+06', '1000000.000000'],
  [0.0001, '0.0001', '0.000100'],
  [0.00001234, '1.234e-05', '0.000012'],
  [1e100, '1e+100', undefined],
  [Number.NaN, 'NaN', 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf', '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf', '-Inf'],
])('%d is written %s', (value, general, fixed) => {
  expect(formatGeneral(value)).toBe(general);
  expect(fixed === undefined || formatFixed(value) === fixed).toBe(true);
});
