import { expect, it } from 'vitest';
import { chosenCoding } from './compressed-answer.ts';

it.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *;q=0.1', 'gzip'],
  ['identity', undefined],
  ['gzip;q=0', undefined],
  ['gzip;q=x', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s: %s', (header, coding) => {
  expect(chosenCoding(header)).toBe(coding);
});
