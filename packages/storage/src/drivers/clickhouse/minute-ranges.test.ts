import { unixNanos } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { hourCondition, minuteRanges } from './minute-ranges.ts';

const MINUTE = 60_000_000_000n;
const range = (start: bigint, end: bigint) => ({ start: unixNanos(start), end: unixNanos(end) });

it('cuts a range at whole minutes', () => {
  expect(minuteRanges(range(0n, 2n * MINUTE))?.rest).toEqual([]);
  expect(minuteRanges(range(1n, 2n * MINUTE + 1n))?.rest).toHaveLength(2);
  expect(minuteRanges(range(1n, MINUTE))).toBeUndefined();
});

it('cuts none that a DateTime does not hold', () => {
  expect(minuteRanges(range(-MINUTE, 2n * MINUTE))).toBeUndefined();
  expect(minuteRanges(range(0n, 2n ** 62n))).toBeUndefined();
  expect(hourCondition(range(-2n * MINUTE, -MINUTE))).not.toContain('toStartOfHour');
  expect(hourCondition(range(0n, 2n ** 62n))).not.toContain('toStartOfHour');
  expect(hourCondition(range(-MINUTE, MINUTE))).toContain('toStartOfHour');
});
