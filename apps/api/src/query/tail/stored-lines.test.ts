import { nanosFromMs, unixNanos } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { storedWindow } from './stored-lines.ts';

const NOW_MS = 1_700_000_000_000;
const DAY_MS = 86_400_000;

it('stored lines reach as far ahead as a log may be, and are none behind that', () => {
  const end = nanosFromMs(NOW_MS + DAY_MS + 1);
  for (const start of [0n, nanosFromMs(NOW_MS), nanosFromMs(NOW_MS + DAY_MS), end - 1n].map(unixNanos)) {
    expect(storedWindow(start, NOW_MS)).toEqual({ start, end });
  }
  expect(storedWindow(end, NOW_MS)).toBeUndefined();
  expect(storedWindow(nanosFromMs(NOW_MS + 2 * DAY_MS), NOW_MS)).toBeUndefined();
});
