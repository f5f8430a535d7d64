import { nanosFromMs, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultStep } from './default-step.ts';

const MINUTE_MS = 60_000;
const start = nanosFromMs(1_795_348_800_000);

describe('defaultStep', () => {
  it.each([
    [0, 1],
    [1, 1],
    [5, 2],
    [60, 15],
    [24 * 60, 600],
    [30 * 24 * 60, 10_800],
    [400 * 24 * 60, 2 * 86_400],
  ])('%d minutes', (minutes, seconds) => {
    expect(defaultStep(start, unixNanos(start + nanosFromMs(minutes * MINUTE_MS)))).toBe(
      BigInt(seconds) * 1_000_000_000n,
    );
  });

  it('makes at most 251 points', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        (length) => length / defaultStep(start, unixNanos(start + length)) <= 250n,
      ),
    );
  });
});
