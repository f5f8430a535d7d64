import { parseQuery } from '@aegisguard/promql/syntax';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillVariables, MARKED_VALUES } from '../query/query-variables.ts';
import {
  ARITHMETIC,
  BUILDER_AGGREGATIONS,
  type BuilderQuery,
  EMPTY_BUILDER_QUERY,
  FILTER_OPERATORS,
  RANGE_FUNCTIONS,
} from './builder-query.ts';
import { printBuilderQuery } from './print-builder-query.ts';
import { readBuilderQuery } from './read-builder-query.ts';

const numbers = fc.constantFrom(0.5, 0.95, 1, 100, -2, 1e9);
const labels = fc.constantFrom('job', 'http.path', 'le', 'ümlaut');
const filters = fc.array(
  fc.record({
    label: labels,
    op: fc.constantFrom(...FILTER_OPERATORS),
    value: fc.stringMatching(/^[\w "\\/.-]{1,8}$/),
  }),
  { maxLength: 3 },
);
const queries: fc.Arbitrary<BuilderQuery> = fc.record({
  metric: fc.constantFrom('up', 'http:requests_total', 'my.metric'),
  filters: filters.map((list) => list.map((each) => (each.op.includes('~') ? { ...each, value: 'a|b.*' } : each))),
  range: fc.option(
    fc.record({
      fn: fc.constantFrom(...RANGE_FUNCTIONS),
      window: fc.constantFrom('5m', '1h30m', '$__rate_interval', '$__range'),
    }),
    { nil: undefined },
  ),
  aggregation: fc.option(
    fc
      .record({
        op: fc.constantFrom(...BUILDER_AGGREGATIONS),
        labels: fc.uniqueArray(labels),
        isWithout: fc.boolean(),
        parameter: numbers,
      })
      .map((each) => ({ ...each, parameter: each.op === 'quantile' ? each.parameter : undefined })),
    { nil: undefined },
  ),
  histogramQuantile: fc.option(fc.constantFrom(0.5, 0.99), { nil: undefined }),
  top: fc.option(fc.record({ op: fc.constantFrom('topk', 'bottomk'), count: fc.constantFrom(1, 5) }), {
    nil: undefined,
  }),
  arithmetic: fc.option(fc.record({ op: fc.constantFrom(...ARITHMETIC), value: numbers }), { nil: undefined }),
});

describe('the builder', () => {
  it('writes PromQL, and reads back what it wrote', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const text = printBuilderQuery(query);
        expect(() => parseQuery(fillVariables(text, MARKED_VALUES))).not.toThrow();
        expect(readBuilderQuery(text)).toEqual(query);
      }),
      { numRuns: 50 },
    );
  });

  it('reads what a person wrote in its form', () => {
    expect(readBuilderQuery('sum(rate({__name__="x", a!="b"}[5m])) without (pod) > 3')).toEqual({
      ...EMPTY_BUILDER_QUERY,
      metric: 'x',
      filters: [{ label: 'a', op: '!=', value: 'b' }],
      range: { fn: 'rate', window: '5m' },
      aggregation: { op: 'sum', parameter: undefined, labels: ['pod'], isWithout: true },
      arithmetic: { op: '>', value: 3 },
    });
  });

  it.each([
    'a / b',
    'rate(x[5m] offset 1h)',
    'x @ end()',
    'sum(max(x))',
    'rate(x[5m:1m])',
    'topk by (job) (3, x)',
    'count_values("v", x)',
    '1 + x',
    'x > bool 1',
    'rate(x[step()])',
    'sum(',
    'absent(x)',
  ])('leaves %s to the editor', (text) => {
    expect(readBuilderQuery(text)).toBeUndefined();
  });

  it('has nothing to write before a metric is chosen', () => {
    expect(printBuilderQuery({ ...EMPTY_BUILDER_QUERY, filters: [{ label: '', op: '=', value: '' }] })).toBe('');
    expect(readBuilderQuery(' ')).toEqual(EMPTY_BUILDER_QUERY);
  });
});
