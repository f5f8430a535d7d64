import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from '../parse-query.ts';
import { ANY_QUERY } from '../testing/arbitrary-query.ts';
import { withoutPlaces } from '../testing/without-places.ts';
import { printQuery } from './print-query.ts';

it('parsing what was printed gives the same tree', () => {
  fc.assert(
    fc.property(ANY_QUERY, (query) => {
      expect(withoutPlaces(parseQuery(printQuery(query)))).toEqual(withoutPlaces(query));
    }),
    { numRuns: 400 },
  );
});
