import { unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import {
  readDirection,
  readLineLimit,
  readLokiCount,
  readLokiInterval,
  readLokiRange,
  readLokiStep,
  readLokiTime,
  refuseReversed,
} from './read-parameters.ts';

const SECOND = 1_000_000_000n;
const now = unixNanos(1_800_000_000n * SECOND);
const range = (seconds: bigint) => ({ start: unixNanos(0n), end: unixNanos(seconds * SECOND) });

describe('a time', () => {
  it.each([
    ['', now],
    ['1700000000', 1_700_000_000n * SECOND],
    ['1700000000.25', 1_700_000_000n * SECOND + 250_000_000n],
    ['1700000000.2504', 1_700_000_000n * SECOND + 250_000_000n],
    ['1700000000123456789', 1_700_000_000_123_456_789n],
    ['17000000001', 17_000_000_001n],
    ['-5', -5n * SECOND],
    ['2026-11-27T00:00:00.000000001Z', 1_795_737_600_000_000_001n],
    ['now-1h', now - 3600n * SECOND],
    ['9'.repeat(30), 2n ** 63n - 1n],
  ])('%s', (text, nanos) => expect(readLokiTime('time', text, now, now)).toBe(nanos));

  it.each(['x', '1.5.5', '--1', 'NaN', 'Infinity', '1e400', `${'9'.repeat(300)}.5`])('%s is none', (text) =>
    expect(() => readLokiTime('start', text, now, now)).toThrowError(
      expect.objectContaining({ detail: expect.stringContaining("could not parse 'start' parameter:") }),
    ),
  );
});

describe('a range', () => {
  it.each([
    [{}, now - 3600n * SECOND, now],
    [{ since: '1d' }, now - 86_400n * SECOND, now],
    [{ since: '5m', end: '1700000000' }, 1_699_999_700n * SECOND, 1_700_000_000n * SECOND],
    [{ end: '1900000000' }, now - 3600n * SECOND, 1_900_000_000n * SECOND],
    [{ start: '1', end: '2', since: '1h' }, SECOND, 2n * SECOND],
  ])('%j', (asked, start, end) => expect(readLokiRange(asked, now)).toEqual({ start, end }));

  it.each([
    [{ since: 'x' }, "could not parse 'since' parameter:"],
    [{ end: 'x' }, "could not parse 'end' parameter:"],
  ])('%j is none', (asked, text) =>
    expect(() => readLokiRange(asked, now)).toThrowError(
      expect.objectContaining({ detail: expect.stringContaining(text) }),
    ),
  );

  it('does not end before it begins', () => {
    expect(() => refuseReversed(range(-1n))).toThrow();
    expect(() => refuseReversed(range(0n))).not.toThrow();
  });
});

describe('a step', () => {
  it.each([
    [undefined, 0n, SECOND],
    ['', 300n, SECOND],
    ['', 3600n, 14n * SECOND],
    ['5', 3600n, 5n * SECOND],
    ['5.5', 3600n, 5_500_000_000n],
    ['1m30s', 3600n, 90n * SECOND],
    ['50ms', 10n, 50_000_000n],
  ])('%s over %s seconds', (text, seconds, step) => expect(readLokiStep(text, range(seconds))).toBe(step));

  it.each(['0', '-1', '-5s', 'x', '50ms', '1e-12'])('%s is refused', (text) =>
    expect(() => readLokiStep(text, range(86_400n))).toThrow(),
  );
});

describe('what else is asked for', () => {
  it('is read', () => {
    expect(readLineLimit(undefined)).toBe(100);
    expect(readLineLimit('5000')).toBe(5000);
    expect(readLokiCount('line_limit', '4294967295', 100)).toBe(4_294_967_295);
    expect(readLokiInterval('')).toBe(0n);
    expect(readLokiInterval('5m')).toBe(300n * SECOND);
    expect(readDirection('FORWARD')).toBe('forward');
    expect(readDirection(undefined)).toBe('backward');
  });

  it.each([
    [() => readLineLimit('0'), 'limit must be a positive value'],
    [() => readLineLimit('-1'), 'limit must be a positive value'],
    [() => readLineLimit('h'), 'limit value'],
    [() => readLineLimit('4294967296'), 'limit value'],
    [() => readLineLimit('5001'), 'max entries limit per query exceeded'],
    [() => readLokiInterval('-1'), 'interval must be >= 0'],
    [() => readLokiInterval('x'), 'cannot parse'],
    [() => readDirection('fw'), "invalid direction 'fw'"],
  ])('is refused', (read, text) =>
    expect(read).toThrowError(expect.objectContaining({ detail: expect.stringContaining(text) })),
  );
});
