import { expect, it } from 'vitest';
import { restartDelayMs } from './restart-delay.ts';

it('begins at once and doubles up to half a minute', () => {
  const delays = Array.from({ length: 10 }, (_, index) => restartDelayMs(index + 1));
  expect(delays).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  expect(restartDelayMs(5000)).toBe(30_000);
});
