import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryQuery } from '../../testing/arbitrary-query.ts';
import { ANY_WORDS } from '../../testing/vocabulary.ts';
import { parseQuery } from '../parse-query.ts';
import { formatQuery } from './format-query.ts';
import { printQuery } from './print-query.ts';

it('parsing what was printed gives the same tree', () => {
  fc.assert(
    fc.property(arbitraryQuery(ANY_WORDS), (query) => {
      expect(parseQuery(printQuery(query))).toEqual(query);
    }),
    { numRuns: 300 },
  );
});

it('parsing what was laid out gives the same tree', () => {
  fc.assert(
    fc.property(arbitraryQuery(ANY_WORDS), fc.constantFrom(10, 40, 100), (query, lengthMax) => {
      expect(parseQuery(formatQuery(query, lengthMax))).toEqual(query);
    }),
    { numRuns: 100 },
  );
});
