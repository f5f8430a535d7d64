import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './parse-timestamp.ts';
import { formatRfc3339Nanos, UNIX_NANOS_MAX, unixNanos } from './unix-nanos.ts';

/** Beyond it storage holds nothing, and digits are dates. */
const SECONDS_MAX = 9_223_372_036;
const anyNanos = fc.bigInt({ min: 0n, max: UNIX_NANOS_MAX }).map(unixNanos);

/** Our own nine-digit form of a time, or what was refused. */
function read(value: string | number): string {
  const time = parseTimestamp(value);
  return time === undefined ? 'refused' : formatRfc3339Nanos(time);
}

describe('RFC 3339 and its variants', () => {
  it.each([
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.000000000Z'],
    ['2024-05-06t07:08:09z', '2024-05-06T07:08:09.000000000Z'],
    ['2024-05-06 07:08:09Z', '2024-05-06T07:08:09.000000000Z'],
    ['2024-05-06 07:08:09,123', '2024-05-06T07:08:09.123000000Z'],
    ['2024-05-06T07:08:09.1Z', '2024-05-06T07:08:09.100000000Z'],
    ['2024-05-06T07:08:09.123456789Z', '2024-05-06T07:08:09.123456789Z'],
    ['2024-05-06T07:08:09.1234567899999Z', '2024-05-06T07:08:09.123456789Z'],
    ['2024-05-06T07:08:09+02:00', '2024-05-06T05:08:09.000000000Z'],
    ['2024-05-06T07:08:09-0330', '2024-05-06T10:38:09.000000000Z'],
    ['2024-05-06 07:08:09.5 +0200', '2024-05-06T05:08:09.500000000Z'],
    ['2024-05-06 07:08:09+00', '2024-05-06T07:08:09.000000000Z'],
    ['2024-05-06T07:08:09-00:00', '2024-05-06T07:08:09.000000000Z'],
    ['2024-05-06T07:08', '2024-05-06T07:08:00.000000000Z'],
    ['2024-05-06', '2024-05-06T00:00:00.000000000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000000000Z'],
    ['1970-01-01T00:00:00.000000001Z', '1970-01-01T00:00:00.000000001Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000000000Z'],
    ['2017-01-01T01:59:60.25+02:00', '2017-01-01T00:00:00.250000000Z'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'now',
    '2024-05',
    '2024-05-06T',
    '2024-05-06T07',
    '2024-05-06T07:8:09Z',
    '2024-05-06T07:08:9Z',
    '2024-05-06T07:08:09.Z',
    '2024-05-06T07:08:09.',
    '2024-05-06T07:08:09ZZ',
    '2024-05-06T07:08:09 ',
    '2024-05-06T07:08:09Z\n',
    '2024-05-06T07:08:09+',
    '2024-05-06T07:08:09+2',
    '2024-05-06T07:08:09+020',
    '2024-05-06T07:08:09+02:0',
    '2024-05-06T07:08:09+02:000',
    '2024-05-06T07:08:09+24:00',
    '2024-05-06T07:08:09+02:60',
    '2024-05-06T07:08:61Z',
    '2024-05-06T07:60:09Z',
    '2024-05-06T24:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2016-12-31T22:59:60Z',
    '+2024-05-06T07:08:09Z',
    '12024-05-06T07:08:09Z',
    '2024-05-06X07:08:09Z',
    '2024-05-0६T07:08:09Z',
  ])('refuses %j', (text) => {
    expect(read(text)).toBe('refused');
  });

  it('agrees with the platform on every date of 400 years', () => {
    const times = Array.from({ length: 146_097 }, (_, day) => day * 86_400_000 + day);
    // Asserted at once: an assertion takes longer than what it is about.
    const wrong = times.filter((ms) => parseTimestamp(new Date(ms).toISOString()) !== BigInt(ms) * 1_000_000n);
    expect(wrong).toEqual([]);
  });
});

describe('Unix times', () => {
  const expected = '2023-11-14T22:13:20.123000000Z';

  it.each([
    [1_700_000_000, '2023-11-14T22:13:20.000000000Z'],
    [1_700_000_000.123, expected],
    ['1700000000.123', expected],
    ['1700000000,123', expected],
    [1_700_000_000_123, expected],
    ['1700000000123', expected],
    [1_700_000_000_123.5, '2023-11-14T22:13:20.123500000Z'],
    [1_700_000_000_123_000, expected],
    ['1700000000123000.75', '2023-11-14T22:13:20.123000750Z'],
    ['1700000000123456789', '2023-11-14T22:13:20.123456789Z'],
    [Number('1700000000123456768'), '2023-11-14T22:13:20.123456768Z'],
    ['0001700000000', '2023-11-14T22:13:20.000000000Z'],
    ['+1700000000', '2023-11-14T22:13:20.000000000Z'],
    [0, '1970-01-01T00:00:00.000000000Z'],
    [99_999_999_999, '5138-11-16T09:46:39.000000000Z'],
    [100_000_000_000, '1973-03-03T09:46:40.000000000Z'],
  ])('reads %j', (value, text) => {
    expect(read(value)).toBe(text);
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    -1e300,
    '1e9',
    '0x10',
    '1.',
    '.5',
    '--1',
    '1_000',
    '9'.repeat(40),
  ])('refuses %j', (value) => {
    expect(read(value)).toBe('refused');
  });

  it('reads times before 1970 as negative', () => {
    expect(parseTimestamp(-1.5)).toBe(-1_500_000_000n);
    expect(parseTimestamp('1969-12-31T23:59:59.5Z')).toBe(-500_000_000n);
  });
});

describe('properties', () => {
  it('reads back its own format to the nanosecond', () => {
    fc.assert(fc.property(anyNanos, (time) => parseTimestamp(formatRfc3339Nanos(time)) === time));
  });

  it('reads any offset as the same instant', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 86_400_000_000_000n, max: UNIX_NANOS_MAX - 86_400_000_000_000n }),
        fc.integer({ min: -1439, max: 1439 }),
        fc.constantFrom(':', ''),
        (time, minutes, colon) => {
          const local = formatRfc3339Nanos(unixNanos(time + BigInt(minutes) * 60_000_000_000n)).slice(0, -1);
          const distance = Math.abs(minutes);
          const hh = String(Math.floor(distance / 60)).padStart(2, '0');
          const mm = String(distance % 60).padStart(2, '0');
          return parseTimestamp(`${local}${minutes < 0 ? '-' : '+'}${hh}${colon}${mm}`) === time;
        },
      ),
    );
  });

  it('reads a Unix time the same in every unit, as number and as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_001, max: SECONDS_MAX }), (seconds) => {
        const time = BigInt(seconds) * 1_000_000_000n;
        const units = [String(seconds), `${seconds}000`, `${seconds}000000`, `${seconds}000000000`];
        expect(units.map((unit) => parseTimestamp(unit))).toEqual([time, time, time, time]);
        expect([parseTimestamp(seconds), parseTimestamp(seconds * 1000)]).toEqual([time, time]);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.double(), fc.stringMatching(/^[-0-9TZ:., +]{0,40}$/)),
        (value) => {
          const time = parseTimestamp(value);
          return time === undefined || typeof time === 'bigint';
        },
      ),
    );
  });
});
