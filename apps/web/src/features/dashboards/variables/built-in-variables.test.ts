import { expect, it } from 'vitest';
import { builtInVariables, stepSeconds } from './built-in-variables.ts';

const RANGE = { startMs: 0, endMs: 6 * 3_600_000 };

it('gives no more points than pixels, and no more than were collected', () => {
  expect(stepSeconds(RANGE, 800)).toBe(30);
  expect(stepSeconds({ startMs: 0, endMs: 60_000 }, 2000)).toBe(15);
  expect(stepSeconds({ startMs: 0, endMs: 365 * 86_400_000 }, 400)).toBe(86_400);
});

it('says what durations queries may name', () => {
  const scope = builtInVariables(RANGE, 30);
  const text = (name: string): string | undefined => scope.get(name)?.values[0];
  expect(text('__interval')).toBe('30s');
  expect(text('__rate_interval')).toBe('1m');
  expect(text('__range')).toBe('21600s');
  expect(text('__range_s')).toBe('21600');
});
