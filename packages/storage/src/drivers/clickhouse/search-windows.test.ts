import { unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchWindows } from './search-windows.ts';

const time = (value: number) => unixNanos(BigInt(value));
const slots = (...counts: number[]) => counts.map((count, index) => ({ start: time(index * 10), count }));

describe('windows', () => {
  it('begin with the newest logs and grow', () => {
    const range = { start: time(0), end: time(100) };
    const windows = searchWindows(range, 'backward', slots(9, 9, 9, 9, 9, 9, 9, 9, 9, 5), 5);
    expect(windows).toEqual([
      { start: time(90), end: time(100) },
      { start: time(60), end: time(90) },
      { start: time(0), end: time(60) },
    ]);
  });

  it('begin with the oldest logs when these are asked for first', () => {
    const range = { start: time(5), end: time(100) };
    const windows = searchWindows(range, 'forward', slots(5, 0, 0, 5, 0, 0, 0, 0, 0, 50), 5);
    expect(windows).toEqual([
      { start: time(5), end: time(10) },
      { start: time(10), end: time(100) },
    ]);
  });

  it('are the range when nothing is known of it, or little is in it', () => {
    const range = { start: time(3), end: time(7) };
    for (const direction of ['forward', 'backward'] as const) {
      expect(searchWindows(range, direction, [], 5)).toEqual([range]);
      expect(searchWindows(range, direction, slots(1), 5)).toEqual([range]);
    }
  });

  it('always cover the range without overlap, in the search’s order', () => {
    const slot = fc.record({ start: fc.nat(200).map(time), count: fc.nat(50) });
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom('forward' as const, 'backward' as const),
        fc.uniqueArray(slot, { selector: ({ start }) => start }),
        fc.integer({ min: 1, max: 100 }),
        (start, length, direction, density, target) => {
          const range = { start: time(start), end: time(start + length) };
          const windows = [...searchWindows(range, direction, density, target)];
          const ascending = direction === 'forward' ? windows : windows.reverse();
          expect(ascending.at(0)?.start).toBe(range.start);
          expect(ascending.at(-1)?.end).toBe(range.end);
          for (const [index, window] of ascending.entries()) {
            expect(window.start).toBeLessThan(window.end);
            expect(ascending[index + 1]?.start ?? window.end).toBe(window.end);
          }
        },
      ),
    );
  });
});
