import { expect, it } from 'vitest';
import { readDurationMs, readRange, readTimeMs } from './read-parameters.ts';

const NOW = Date.UTC(2026, 7, 1);

it.each([
  ['1435781451.781', 1_435_781_451_781],
  ['1435781451', 1_435_781_451_000],
  ['1.435781451e9', 1_435_781_451_000],
  ['0', 0],
  ['-1.5', -1500],
  ['0.0005', 1],
  ['2015-07-01T20:10:51.781Z', 1_435_781_451_781],
  ['2015-07-01T22:10:51.781+02:00', 1_435_781_451_781],
  ['now-1h', NOW - 3_600_000],
  ['1e300', Number.MAX_SAFE_INTEGER],
])('the time %s', (text, ms) => {
  expect(readTimeMs('time', text, NOW)).toBe(ms);
});

it.each(['', 'teatime', 'Infinity', '1_000', '2015-13-01T00:00:00Z'])('%j is no time', (text) => {
  expect(() => readTimeMs('start', text, NOW)).toThrow(
    `invalid parameter "start": cannot parse ${JSON.stringify(text)} to a valid timestamp`,
  );
});

it.each([
  ['15', 15_000],
  ['0.5', 500],
  ['1m', 60_000],
  ['1h30m', 5_400_000],
  ['100ms', 100],
  ['-3', -3000],
])('the duration %s', (text, ms) => {
  expect(readDurationMs('step', text)).toBe(ms);
});

it.each(['', 'x', '1x', '1e40', 'NaN'])('%j is no duration', (text) => {
  expect(() => readDurationMs('step', text)).toThrow('to a valid duration');
});

it('a range without ends is of everything, and one that is reversed is refused', () => {
  expect(readRange({}, NOW)).toEqual({ startMs: 0, endMs: NOW + 86_400_000 });
  expect(readRange({ start: '-99999999999', end: '99999999999' }, NOW)).toEqual(readRange({}, NOW));
  expect(readRange({ start: '10', end: '20' }, NOW)).toEqual({ startMs: 10_000, endMs: 20_000 });
  expect(() => readRange({ start: '20', end: '10' }, NOW)).toThrow('end timestamp must not be before start timestamp');
});
