import { expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatElapsed,
  formatLogCount,
  formatValue,
} from './number-format.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [25_400_000, '25 MB'],
  [7_000_000_000_000_000, '7000 TB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('keeps counts whole and thousands apart', () => {
  expect(formatCount(1_284_112)).toBe('1,284,112');
  expect(formatCompact(1_284_112)).toBe('1.3M');
  expect([0, 1, 2000].map(formatLogCount)).toEqual(['0 logs', '1 log', '2,000 logs']);
});

it('says a duration in the unit that fits', () => {
  expect(formatElapsed(42.6)).toBe('43 ms');
  expect(formatElapsed(1250)).toBe('1.25 s');
});

it('does not hide what is not a number', () => {
  expect(formatValue(Number.NaN)).toBe('NaN');
  expect(formatValue(0.123456789)).toBe('0.123457');
});
