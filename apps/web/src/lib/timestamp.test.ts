import { formatRfc3339Nanos, UNIX_NANOS_MAX, type UnixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLocal, parseTimestamp, timestampMs } from './timestamp.ts';

describe('parseTimestamp', () => {
  it('reads back what the server prints, to the nanosecond', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: UNIX_NANOS_MAX }), (nanos) => {
        const text = formatRfc3339Nanos(nanos as UnixNanos);
        expect(parseTimestamp(text)).toBe(nanos);
        expect(timestampMs(text)).toBe(Number(nanos / 1_000_000n));
      }),
    );
  });

  it.each([
    '',
    'now',
    '2026-11-22',
    '2026-11-22T21:57:03+01:00',
    '2026-13-22T21:57:03Z',
    '2026-11-22T21:57:03.0123456789Z',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

it('shows milliseconds in a time field only where there are any', () => {
  const at = new Date(2026, 10, 22, 21, 57, 3).getTime();
  expect(formatLocal(at)).toBe('2026-11-22 21:57:03');
  expect(formatLocal(at + 7)).toBe('2026-11-22 21:57:03.007');
});
