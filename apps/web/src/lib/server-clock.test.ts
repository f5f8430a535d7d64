import { expect, it } from 'vitest';
import { clockOffset } from './server-clock.ts';

const now = Date.parse('2026-11-22T10:00:00.700Z');

it.each([
  ['Sun, 22 Nov 2026 10:00:00 GMT', 0],
  ['Sun, 22 Nov 2026 09:59:59 GMT', 0],
  ['Sun, 22 Nov 2026 10:05:00 GMT', 299_800],
  ['Sun, 22 Nov 2026 09:58:00 GMT', -120_200],
  ['yesterday', undefined],
  [undefined, undefined],
])('an answer dated %s puts the server ahead by %s ms', (header, offset) => {
  expect(clockOffset(header, now)).toBe(offset);
});
