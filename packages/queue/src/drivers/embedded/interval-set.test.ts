import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IntervalSet } from './interval-set.ts';

it('holds what a plain set holds, in the fewest ranges', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(8));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 40 }), (ranges) => {
      const set = new IntervalSet();
      const plain = new Set<number>();
      for (const [from, length] of ranges) {
        set.add(from, from + length);
        for (let value = from; value <= from + length; value += 1) {
          plain.add(value);
        }
        expect(set.count).toBe(plain.size);
      }
      for (let value = 0; value <= 70; value += 1) {
        expect(set.has(value)).toBe(plain.has(value));
      }
      const kept = set.ranges();
      for (const [index, [from, to]] of kept.entries()) {
        expect(from).toBeLessThanOrEqual(to);
        expect(from).toBeGreaterThan((kept[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY) + 1);
      }
    }),
  );
});

it('gives up its first range only to a number that reaches it', () => {
  const set = new IntervalSet();
  set.add(5, 7);
  set.add(9, 9);
  expect(set.takeFirstFrom(4)).toBeUndefined();
  expect(set.takeFirstFrom(5)).toBe(7);
  expect(set.ranges()).toEqual([[9, 9]]);
  expect(set.count).toBe(1);
});
