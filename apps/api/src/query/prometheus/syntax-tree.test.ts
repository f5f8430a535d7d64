import { parseQuery } from '@aegisguard/promql';
import { expect, it } from 'vitest';
import { syntaxTree } from './syntax-tree.ts';

const selector = {
  type: 'vectorSelector',
  name: 'x',
  offset: 0,
  offsetExpr: null,
  matchers: [{ name: '__name__', value: 'x', type: '=' }],
  timestamp: null,
  startOrEnd: null,
  anchored: false,
  smoothed: false,
};
const matrix = { ...selector, type: 'matrixSelector', range: 300_000, rangeExpr: null };
const number = (val: string) => ({ type: 'numberLiteral', val });

it.each<[string, object]>([
  ['x', selector],
  ['1e21', number('1000000000000000000000')],
  ['-Inf', number('-Inf')],
  ['-x', { type: 'unaryExpr', op: '-', expr: selector }],
  ['"a"', { type: 'stringLiteral', val: 'a' }],
  ['(1)', { type: 'parenExpr', expr: number('1') }],
  ['x[5m]', matrix],
  ['x[5m] offset -1m @ 1.5', { ...matrix, offset: -60_000, timestamp: 1500 }],
  ['x @ end() smoothed', { ...selector, startOrEnd: 'end', smoothed: true }],
  [
    'rate(x[5m])',
    {
      type: 'call',
      func: { name: 'rate', argTypes: ['matrix'], variadic: 0, returnType: 'vector' },
      args: [matrix],
    },
  ],
  [
    'topk by (a) (2, x)',
    { type: 'aggregation', op: 'topk', expr: selector, param: number('2'), grouping: ['a'], without: false },
  ],
  ['sum without () (x)', { type: 'aggregation', op: 'sum', expr: selector, param: null, grouping: [], without: true }],
  ['1 == bool 2', { type: 'binaryExpr', op: '==', lhs: number('1'), rhs: number('2'), matching: null, bool: true }],
  [
    'x / on (a) group_left (b) x',
    {
      type: 'binaryExpr',
      op: '/',
      lhs: selector,
      rhs: selector,
      matching: {
        card: 'many-to-one',
        labels: ['a'],
        on: true,
        include: ['b'],
        fillValues: { lhs: null, rhs: null },
      },
      bool: false,
    },
  ],
  [
    'x[1h:] offset 5m',
    {
      type: 'subquery',
      expr: selector,
      range: 3_600_000,
      rangeExpr: null,
      offset: 300_000,
      offsetExpr: null,
      step: 0,
      stepExpr: null,
      timestamp: null,
      startOrEnd: null,
    },
  ],
  [
    'x offset (2 * step())',
    {
      ...selector,
      offsetExpr: {
        type: 'durationExpr',
        op: '*',
        lhs: { type: 'numberLiteral', val: '2', duration: false },
        rhs: { type: 'durationExpr', op: 'step', lhs: null, rhs: null, wrapped: false },
        wrapped: true,
      },
    },
  ],
])('%s', (query, tree) => {
  expect(syntaxTree(parseQuery(query))).toEqual(tree);
});

it('a value that fills and is no JSON number is a text', () => {
  expect(syntaxTree(parseQuery('x + fill_left(NaN) fill_right(2) x'))).toMatchObject({
    matching: { fillValues: { lhs: 'NaN', rhs: 2 } },
  });
});
