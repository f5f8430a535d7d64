import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../new-id.ts';
import { nextDue, SETTLE_MS, slotAt } from './rule-slots.ts';

const anyId = fc.nat().map((ms) => newId(ms));
const anyTime = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
const anyInterval = fc.integer({ min: 5, max: 86_400 });

it('slots are an interval apart, the last one is not in the future, and the next one is due after it', () => {
  fc.assert(
    fc.property(anyId, anyInterval, anyTime, (id, seconds, timeMs) => {
      const slotMs = slotAt(id, seconds, timeMs);
      expect(slotMs).toBeLessThanOrEqual(timeMs);
      expect(timeMs - slotMs).toBeLessThan(seconds * 1000);
      expect(slotAt(id, seconds, slotMs)).toBe(slotMs);
      expect(slotAt(id, seconds, slotMs - 1)).toBe(slotMs - seconds * 1000);
      expect(nextDue(id, seconds, timeMs).getTime()).toBe(slotMs + seconds * 1000 + SETTLE_MS);
    }),
  );
});

it('groups do not all begin at the same time', () => {
  const slots = Array.from({ length: 100 }, (_, at) => slotAt(newId(at), 60, 1_800_000_000_000));
  expect(new Set(slots).size).toBeGreaterThan(90);
});
