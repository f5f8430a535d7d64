import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TailBudget } from './tail-budget.ts';

/** How many lines of so many characters get through when as many as possible are tried at each of the times. */
function letThrough(timesMs: readonly number[], chars: number): number {
  const budget = new TailBudget(0);
  let lines = 0;
  for (const nowMs of timesMs) {
    budget.refill(nowMs);
    while (!budget.isSpent) {
      budget.spend(chars);
      lines += 1;
    }
  }
  return lines;
}

it('lets a thousand lines through at once, and a thousand a second', () => {
  expect(letThrough([0], 100)).toBe(1000);
  expect(letThrough([0, 0], 100)).toBe(1000);
  expect(letThrough([0, 500], 100)).toBe(1500);
  expect(letThrough([60_000], 100)).toBe(1000);
});

it('never lets more through than a second’s worth and what time brought, but for one line', () => {
  const gaps = fc.array(fc.nat(1000), { maxLength: 50 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 10_000_000 }), (waits, chars) => {
      let nowMs = 0;
      const times = waits.map((wait) => {
        nowMs += wait;
        return nowMs;
      });
      const lines = letThrough(times, chars);
      expect(lines).toBeLessThanOrEqual(1000 + nowMs + 1);
      expect((lines - 1) * chars).toBeLessThanOrEqual(4 * 1024 ** 2 * (1 + nowMs / 1000) + 1);
    }),
  );
});

it('a clock that went back brings nothing', () => {
  expect(letThrough([1000, 0, 1000], 100)).toBe(2000);
});
