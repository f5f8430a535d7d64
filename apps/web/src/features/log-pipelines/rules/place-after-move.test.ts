import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeAfterMove } from './place-after-move.ts';

it('is where the item went', () => {
  const place = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(place, place, place, (open, from, to) => {
      const items = Array.from({ length: 10 }, (_, at) => at);
      items.splice(to, 0, ...items.splice(from, 1));
      expect(placeAfterMove(open, from, to)).toBe(items.indexOf(open));
    }),
  );
});

it('is none where none is open', () => {
  expect(placeAfterMove(undefined, 0, 1)).toBeUndefined();
});
