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
    { numRuns: 500 },
  );
});

it('parsing what was laid out gives the same tree', () => {
  fc.assert(
    fc.property(expressionTree, fc.constantFrom(10, 40, 100), (tree, lengthMax) => {
      expect(withoutSources(parseQuery(formatQuery(tree, lengthMax)))).toEqual(withoutSources(tree));
    }),
    { numRuns: 300 },
  );
});
