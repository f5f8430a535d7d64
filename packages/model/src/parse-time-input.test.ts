import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimeInput } from './parse-time-input.ts';
import { formatRfc3339Nanos, UNIX_NANOS_MAX, UNIX_NANOS_MIN, unixNanos } from './unix-nanos.ts';

const now = unixNanos(1_700_000_000_000_000_000n);
const HOUR = 3_600_000_000_000n;

describe('query times', () => {
  it.each([
    ['now', now],
    ['now-1h', now - HOUR],
    ['now - 1h', now - HOUR],
    ['now+1h30m', now + HOUR + HOUR / 2n],
    ['now-1d+30m', now - 24n * HOUR + HOUR / 2n],
    ['now-100y', UNIX_NANOS_MIN],
    ['now+999y', UNIX_NANOS_MAX],
    ['2023-11-14T22:13:20Z', now],
    [' 2023-11-14T22:13:20Z ', now],
    ['0001-01-01T00:00:00Z', UNIX_NANOS_MIN],
    ['9999-12-31T23:59:59Z', UNIX_NANOS_MAX],
    [1_700_000_000, now],
    ['1700000000000', now],
    ['1700000000000000001', now + 1n],
  ])('reads %j', (input, expected) => {
    expect(parseTimeInput(input, now)).toBe(expected);
  });

  it.each([
    '',
    'nowish',
    'now-',
    'now-1',
    'now-1h-',
    'now1h',
    'NOW',
    'yesterday',
    '1h',
    '-1h',
    `now${'-1h'.repeat(100)}`,
  ])('refuses %j', (input) => {
    expect(parseTimeInput(input, now)).toBeUndefined();
  });

  it('reads every storable time in our own format', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: UNIX_NANOS_MIN, max: UNIX_NANOS_MAX }).map(unixNanos), (time) => {
        return parseTimeInput(formatRfc3339Nanos(time), now) === time;
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.stringMatching(/^now[-+0-9hdmsy.]{0,20}$/)), (input) => {
        const time = parseTimeInput(input, now);
        return time === undefined || (time >= UNIX_NANOS_MIN && time <= UNIX_NANOS_MAX);
      }),
    );
  });
});
