import fc from 'fast-check';
import { expect, it } from 'vitest';
import { relativeWords } from './relative-time.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

it.each([
  [0, 'just now'],
  [-59 * SECOND, 'just now'],
  [30 * SECOND, 'in less than a minute'],
  [-60 * SECOND, '1 minute ago'],
  [-HOUR + 1, '59 minutes ago'],
  [-HOUR, '1 hour ago'],
  [-DAY, 'yesterday'],
  [DAY, 'tomorrow'],
  [-3 * DAY, '3 days ago'],
  [45 * DAY, 'next month'],
  [90 * DAY, 'in 3 months'],
  [-800 * DAY, '2 years ago'],
])('%d ms away is %s', (away, words) => {
  expect(relativeWords(NOW + away, NOW)).toBe(words);
});

it('never says that something is further away than it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60 * SECOND, max: 4000 * DAY }), (away) => {
      const days = /^in (\d+) day/.exec(relativeWords(NOW + away, NOW))?.[1];
      expect(Number(days ?? 0) * DAY).toBeLessThanOrEqual(away);
    }),
  );
});
