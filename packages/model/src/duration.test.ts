import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';
import { parseStep } from './parse-step.ts';

describe('durations', () => {
  it.each([
    ['5s', 5_000_000_000n],
    ['1m', 60_000_000_000n],
    ['1h30m', 5_400_000_000_000n],
    ['1.5h', 5_400_000_000_000n],
    ['1d12h', 129_600_000_000_000n],
    ['2w', 1_209_600_000_000_000n],
    ['1y', 31_536_000_000_000_000n],
    ['250ms', 250_000_000n],
    ['3us', 3000n],
    ['3µs', 3000n],
    ['7ns', 7n],
    ['0s', 0n],
    ['0.000000001s', 1n],
  ])('reads %s', (text, nanos) => {
    expect(parseDuration(text)).toBe(nanos);
  });

  it.each(['', '5', 's', '-5s', '5 s', '5S', '1h-30m', '1.h', '.5h', '5minutes', '1e3s', `${'1h'.repeat(40)}`])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it('writes the largest units first', () => {
    expect(formatDuration(5_400_000_000_000n)).toBe('1h30m');
    expect(formatDuration(0n)).toBe('0s');
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 62n }), (nanos) => parseDuration(formatDuration(nanos)) === nanos),
    );
  });
});

describe('steps', () => {
  it.each([
    [60, 60_000_000_000n],
    [0.25, 250_000_000n],
    ['60', 60_000_000_000n],
    ['1m', 60_000_000_000n],
  ])('reads %j', (step, nanos) => {
    expect(parseStep(step)).toBe(nanos);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-12, '', '0s', '-1m', 'now'])('refuses %j', (step) => {
    expect(parseStep(step)).toBeUndefined();
  });
});
