import fc from 'fast-check';
import { expect, it } from 'vitest';
import { busynessAt } from './rhythm.ts';

const at = (hour: number) => busynessAt((hour / 24) * 30 * 60_000);

it('is quiet at night, busy at midday, busy again in the evening', () => {
  expect(at(3)).toBeLessThan(0.3);
  expect(at(12)).toBeGreaterThan(0.95);
  expect(at(16.5)).toBeLessThan(at(20));
  expect(at(20)).toBeGreaterThan(0.8);
});

it('is a share at every time, and the same every day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (timeMs) => {
      const busyness = busynessAt(timeMs);
      expect(busyness).toBeGreaterThanOrEqual(0.25);
      expect(busyness).toBeLessThanOrEqual(1);
      expect(busynessAt(timeMs + 30 * 60_000)).toBeCloseTo(busyness, 9);
    }),
  );
});
