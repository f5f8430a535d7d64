import { expect, it } from 'vitest';
import { autoStepMs, evaluationGrid, rateIntervalMs, stepWords } from './query-step.ts';

const HOUR = 3_600_000;

it.each([
  [HOUR, '15 s'],
  [6 * HOUR, '1 min'],
  [24 * HOUR, '5 min'],
  [7 * 24 * HOUR, '30 min'],
  [30 * 24 * HOUR, '2 h'],
  [365 * 24 * HOUR, '1 d'],
])('a span of %d ms is evaluated every %s', (span, step) => {
  expect(stepWords(autoStepMs({ startMs: 0, endMs: span }))).toBe(step);
});

it('evaluates at multiples of the step within the span', () => {
  expect(evaluationGrid({ startMs: 100_001, endMs: 200_000 }, 15_000)).toEqual({
    startMs: 105_000,
    endMs: 195_000,
    stepMs: 15_000,
  });
});

it('gives rates a window of several scrapes', () => {
  expect(rateIntervalMs(15_000)).toBe(60_000);
  expect(rateIntervalMs(300_000)).toBe(315_000);
});
