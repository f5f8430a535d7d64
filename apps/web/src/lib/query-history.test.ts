import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HISTORY_MAX, withNewest } from './query-history.ts';

it('keeps the newest first, each once, and not too many', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 80 }), (queries) => {
      const history = queries.reduce<readonly string[]>(withNewest, []);
      const wanted = [...new Set(queries.map((query) => query.trim()).reverse())].filter((query) => query !== '');
      expect(history).toEqual(wanted.slice(0, HISTORY_MAX));
    }),
  );
});
