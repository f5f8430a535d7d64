import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from '../parse-query.ts';
import { expressionTree } from '../testing/arbitrary-expression.ts';
import { withoutSources } from '../testing/without-sources.ts';
import { formatQuery } from './format-query.ts';
import { printQuery } from './print-query.ts';

it('parsing what was printed gives the same tree', () => {
  fc.assert(
    fc.property(expressionTree, (tree) => {
      expect(withoutSources(parseQuery(printQuery(tree)))).toEqual(withoutSources(tree));
    }),
    { numRuns: 200 },
  );
});

it('parsing what was laid out gives the same tree', () => {
  fc.assert(
    fc.property(expressionTree, fc.constantFrom(10, 40, 100), (tree, lengthMax) => {
      expect(withoutSources(parseQuery(formatQuery(tree, lengthMax)))).toEqual(withoutSources(tree));
    }),
    { numRuns: 100 },
  );
});

it.each([
  ['foo{b="c",a="b"}', 'foo{a="b",b="c"}'],
  ['{"foo"}', '{__name__="foo"}'],
  ['{"a.b"="\\t\u00e9\\u200b\\x01"}', '{"a.b"="\\té\\u200b\\x01"}'],
  ["'it\\'s'", '"it\'s"'],
  ['foo[5]', 'foo[5s]'],
  ['foo[90d]', 'foo[90d]'],
  ['foo[14d]', 'foo[2w]'],
  ['foo[0.0001]', 'foo[0.0001]'],
  ['foo offset 3600', 'foo offset 1h'],
  ['foo offset -1.5', 'foo offset -1s500ms'],
  ['foo @ 1.5 anchored offset 1m', 'foo @ 1.500 anchored offset 1m'],
  ['foo[5m] offset 1m @ -0.25 smoothed', 'foo[5m] smoothed @ -0.250 offset 1m'],
  ['foo[2*1h:step()] @ end()', 'foo[2 * 1h:step()] @ end()'],
  ['1e21', '1000000000000000000000'],
  ['1.5e-7', '0.00000015'],
  ['-Inf', '-Inf'],
  ['+inf', '+Inf'],
  ['Inf ^ 2', 'Inf ^ 2'],
  ['+Inf ^ 2', '+Inf ^ 2'],
  ['90m', '1h30m'],
  ['-90s', '-1m30s'],
  ['sum(a) by ("inf", "x y", by)', 'sum by ("inf", "x y", by) (a)'],
  ['a + ignoring() group_left b', 'a + ignoring () group_left () b'],
  ['a > bool on(x) fill_left(1) b', 'a > bool on (x) fill_left (1) b'],
  ['a AND b', 'a and b'],
])('%s is printed as %s', (query, printed) => {
  expect(printQuery(parseQuery(query))).toBe(printed);
});
