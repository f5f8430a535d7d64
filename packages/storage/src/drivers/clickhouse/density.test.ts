import { unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowBefore } from './density.ts';

const SLOT = 60n;
const time = (value: number) => unixNanos(BigInt(value));
const range = { start: time(0), end: time(600) };
const density = (counts: Readonly<Record<number, number>>) => ({
  slotNanos: SLOT,
  slots: Object.entries(counts).map(([start, count]) => ({ start: time(Number(start)), count })),
});

describe('the window before a time', () => {
  it('holds about as many records as are wanted, though slots are empty or hold many times as many', () => {
    expect(windowBefore(range, density({ 0: 100, 480: 50, 540: 50 }), 600n, 60)).toEqual({
      start: time(528),
      end: time(600),
    });
    expect(windowBefore(range, density({ 0: 100, 120: 600 }), 600n, 60)).toEqual({ start: time(174), end: time(600) });
    expect(windowBefore(range, density({ 120: 600 }), 174n, 60)).toEqual({ start: time(168), end: time(174) });
  });

  it('is the rest of the range when it holds fewer, or nothing is known of it', () => {
    expect(windowBefore(range, density({}), 600n, 60)).toEqual(range);
    expect(windowBefore(range, density({ 0: 5, 300: 5 }), 400n, 60)).toEqual({ start: time(0), end: time(400) });
  });

  it('is never empty and never leaves the range, so that windows come to their end', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.integer({ min: -2, max: 11 }).map((slot) => String(slot * 60)),
          fc.nat(1_000_000),
        ),
        fc.integer({ min: 0, max: 599 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 1000 }),
        (counts, start, width, target) => {
          const within = { start: time(start), end: time(Math.min(600, start + width)) };
          const known = density(counts);
          known.slots.sort((a, b) => (a.start < b.start ? -1 : 1));
          let end: bigint = within.end;
          while (end > within.start) {
            const window = windowBefore(within, known, end, target);
            expect(window.end).toBe(end);
            expect(window.start < end && window.start >= within.start).toBe(true);
            end = window.start;
          }
        },
      ),
    );
  });
});
