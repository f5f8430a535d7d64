import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

describe('timeTicks', () => {
  it('stays inside the span, in order, evenly, and within the count', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 400 * 86_400_000 }),
        fc.integer({ min: 2, max: 20 }),
        (start, span, countMax) => {
          const ticks = timeTicks(start, start + span, countMax);
          expect(ticks.length).toBeLessThanOrEqual(countMax);
          const gaps = new Set(ticks.slice(1).map((tick, index) => tick.ms - (ticks[index]?.ms ?? 0)));
          expect(gaps.size).toBeLessThanOrEqual(1);
          for (const { ms } of ticks) {
            expect(ms).toBeGreaterThanOrEqual(start);
            expect(ms).toBeLessThan(start + span);
          }
        },
      ),
    );
  });

  it('names round local times', () => {
    const start = new Date(2026, 10, 22, 20, 58).getTime();
    expect(timeTicks(start, start + 3_600_000, 5).map((tick) => tick.label)).toEqual([
      '21:00',
      '21:15',
      '21:30',
      '21:45',
    ]);
  });

  it('names days at midnight', () => {
    const start = new Date(2026, 5, 1, 18).getTime();
    expect(timeTicks(start, start + 24 * 3_600_000, 5).map((tick) => tick.label)).toEqual([
      '18:00',
      'Jun 02',
      '06:00',
      '12:00',
    ]);
  });

  it('has none for an empty span', () => {
    expect(timeTicks(5, 5, 10)).toEqual([]);
  });
});
