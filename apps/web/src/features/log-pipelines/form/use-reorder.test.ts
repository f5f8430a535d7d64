import { expect, it } from 'vitest';
import { placeAt } from './use-reorder.ts';

const boxes = [0, 100, 200].map((top) => ({ top, bottom: top + 100 }));

it.each([
  [0, 60, 0],
  [0, 149, 0],
  [0, 151, 1],
  [0, 251, 2],
  [1, 120, 1],
  [1, 49, 0],
  [2, 151, 2],
  [2, 149, 1],
  [2, -10, 0],
])('an item of place %i, held at %i, belongs to place %i', (from, y, to) => {
  expect(placeAt(boxes, from, y)).toBe(to);
});
