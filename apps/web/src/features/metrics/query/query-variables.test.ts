import { parseQuery } from '@aegisguard/promql/syntax';
import { describe, expect, it } from 'vitest';
import { formatPromql } from './format-promql.ts';
import { queryProblem, underlined } from './query-problem.ts';
import { fillVariables, variableValues, writeVariables } from './query-variables.ts';
import { substituteFormula } from './substitute-formula.ts';

const VALUES = variableValues(30_000, 3_600_000);

describe('variables of a query', () => {
  const query = `rate(x[$__rate_interval]) + rate(y[$${'{'}__interval}]) + z offset $__range`;

  it('become durations of the same length, so that positions hold', () => {
    const filled = fillVariables(query, VALUES);
    expect(filled).toHaveLength(query.length);
    expect(() => parseQuery(filled)).not.toThrow();
    expect(filled).toContain('[000000000000060s]');
  });

  it('become durations as a person writes them, to be copied', () => {
    expect(writeVariables(query, VALUES)).toBe('rate(x[60s]) + rate(y[30s]) + z offset 3600s');
  });

  it('leave other variables alone', () => {
    expect(fillVariables('x{a="$service"}[$__intervals]', VALUES)).toBe('x{a="$service"}[$__intervals]');
  });
});

describe('formulas', () => {
  const queries = new Map([
    ['A', 'sum(rate(x[5m]))'],
    ['B', 'a or b'],
  ]);

  it('are written out, queries in parentheses', () => {
    expect(substituteFormula('B / A * 100', queries)).toBe('(a or b) / (sum(rate(x[5m]))) * 100');
    expect(substituteFormula('max(A) + A', queries)).toBe('max((sum(rate(x[5m])))) + (sum(rate(x[5m])))');
  });

  it('name queries only where a metric would stand', () => {
    expect(substituteFormula('A{job="B"} + x{l="A"}', queries)).toBe('A{job="B"} + x{l="A"}');
  });

  it('stand for formulas, but not for themselves', () => {
    const chain = new Map([...queries, ['C', 'A * 2']]);
    expect(substituteFormula('C', chain)).toBe('((sum(rate(x[5m]))) * 2)');
    expect(() =>
      substituteFormula(
        'C',
        new Map([
          ['C', 'D'],
          ['D', 'C'],
        ]),
      ),
    ).toThrow('stands for itself');
  });
});

describe('what is wrong with a query', () => {
  it('is found where it is', () => {
    expect(queryProblem('sum(rate(x[$__rate_interval]))')).toBeUndefined();
    expect(queryProblem('')).toBeUndefined();
    const problem = queryProblem('sum(rate(x[5m]) by (job))');
    expect(problem?.message).not.toMatch(/^At position/);
    expect(problem?.from).toBeGreaterThan(0);
    expect(problem?.to).toBeGreaterThan(problem?.from ?? 0);
  });

  it('is underlined by the word, and at the end by the last character', () => {
    expect(underlined('rate(foo)', 5)).toEqual({ from: 5, to: 8 });
    expect(underlined('rate(foo', 8)).toEqual({ from: 7, to: 8 });
  });
});

it('formats a query and keeps its variables', () => {
  expect(formatPromql('sum   by(a)(rate(x[ $__rate_interval ]))')).toContain('rate(x[$__rate_interval])');
  expect(formatPromql('sum(')).toBeUndefined();
});
