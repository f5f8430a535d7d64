import { nanosFromMs } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogramGrid } from './histogram-step.ts';

it('covers the range with whole natural steps and about as many bars as wanted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 41 }),
      fc.integer({ min: 1, max: 400 * 86_400_000 }),
      fc.integer({ min: 1, max: 500 }),
      (from, span, wanted) => {
        const { startMs, stepMs, bars } = histogramGrid(nanosFromMs(from), nanosFromMs(from + span), wanted);
        expect(startMs % stepMs).toBe(0);
        expect(startMs).toBeLessThanOrEqual(from);
        expect(startMs).toBeGreaterThan(from - stepMs);
        expect(startMs + bars * stepMs).toBeGreaterThanOrEqual(from + span);
        expect(startMs + (bars - 1) * stepMs).toBeLessThan(from + span);
        expect(bars).toBeLessThanOrEqual(wanted + 2);
      },
    ),
  );
});

it.each([
  [3_600_000, 60, 60_000],
  [86_400_000, 60, 1_800_000],
  [900_000, 60, 15_000],
  [1000, 60, 50],
])('a range of %d ms in about %d bars has steps of %d ms', (span, wanted, stepMs) => {
  expect(histogramGrid(nanosFromMs(0), nanosFromMs(span), wanted).stepMs).toBe(stepMs);
});

it('an empty range has one bar', () => {
  expect(histogramGrid(nanosFromMs(5000), nanosFromMs(5000), 60).bars).toBe(1);
});

it('a step is not shorter than it may be', () => {
  expect(histogramGrid(nanosFromMs(90_000), nanosFromMs(200_000), 60, 60_000)).toEqual({
    startMs: 60_000,
    stepMs: 60_000,
    bars: 3,
  });
});
