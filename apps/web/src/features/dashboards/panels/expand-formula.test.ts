import { expect, it } from 'vitest';
import { expandFormula } from './expand-formula.ts';

const QUERIES = new Map([
  ['A', { query: 'sum(rate(errors_total[5m]))', isFormula: false }],
  ['B', { query: 'sum(rate(requests_total[5m]))', isFormula: false }],
  ['C', { query: 'A / B', isFormula: true }],
  ['D', { query: 'D + 1', isFormula: true }],
]);

it('puts queries where a formula names them', () => {
  expect(expandFormula('A / B * 100', QUERIES)).toBe(
    '(sum(rate(errors_total[5m]))) / (sum(rate(requests_total[5m]))) * 100',
  );
  expect(expandFormula('clamp_max(A{x="y"} + AB, 1)', QUERIES)).toBe('clamp_max(A{x="y"} + AB, 1)');
});

it('formulas may name formulas, but not themselves', () => {
  expect(expandFormula('100 * C', QUERIES)).toBe(
    '100 * ((sum(rate(errors_total[5m]))) / (sum(rate(requests_total[5m]))))',
  );
  expect(() => expandFormula('D', QUERIES)).toThrow(/needs its own result: D/);
});
