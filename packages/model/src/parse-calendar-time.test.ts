import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './parse-timestamp.ts';
import { formatRfc3339Nanos, nanosFromMs, type UnixNanos } from './unix-nanos.ts';

const RECEIVED = nanosFromMs(Date.UTC(2026, 10, 26, 14, 10));

function read(text: string, receivedAt: UnixNanos | undefined = RECEIVED): string {
  const time = parseTimestamp(text, receivedAt);
  return time === undefined ? 'refused' : formatRfc3339Nanos(time).replace(/\.?0+Z$/, 'Z');
}

const AT = '2026-11-26T14:03:05Z';
const AT_MS = '2026-11-26T14:03:05.123Z';
const HOUR_EARLIER = '2026-11-26T13:03:05Z';

describe('forms of date and time', () => {
  it.each([
    // ISO 8601.
    ['20261126T140305Z', AT],
    ['20261126T140305,123Z', AT_MS],
    ['20261126T140305+0100', HOUR_EARLIER],
    ['20261126T1403Z', '2026-11-26T14:03:00Z'],
    ['20261126 140305', AT],
    ['2026-W48-4T14:03:05Z', AT],
    ['2026W484T140305Z', AT],
    ['2026-330T14:03:05Z', AT],
    ['2026330T140305Z', AT],
    ['2026-11-26T14:03:05+01:00:00', HOUR_EARLIER],
    ['2026-11-26T14:03:05\u221201:00', '2026-11-26T15:03:05Z'],
    ['2026-11-26T14:03:05 Z', AT],
    ['+002026-11-26T14:03:05.123Z', AT_MS],
    ['2026-11-26_14:03:05', AT],
    ['20261126', '2026-11-26T00:00:00Z'],
    ['20261126140305', AT],
    ['20261126140305123', AT_MS],
    ['2026-W48-4', '2026-11-26T00:00:00Z'],
    ['2026-330', '2026-11-26T00:00:00Z'],
    // RFC 9557: the offset says which of two equal hours is meant.
    ['2026-11-26T14:03:05+01:00[Europe/Berlin]', HOUR_EARLIER],
    ['2026-11-26T14:03:05[!Europe/Berlin][u-ca=gregory]', HOUR_EARLIER],
    ['2026-11-26T14:03:05Z[Europe/Berlin]', AT],
    ['2026-11-26T14:03:05+01:00[+01:00]', HOUR_EARLIER],
    ['2026-11-26T14:03:05[UTC]', AT],
    ['2026-11-26T14:03:05[europe/berlin]', HOUR_EARLIER],
    ['2026-11-26 14:03:05 US/Eastern', '2026-11-26T19:03:05Z'],
    // RFC 5322, RFC 850, asctime.
    ['Thu, 26 Nov 2026 14:03:05 +0100', HOUR_EARLIER],
    ['26 Nov 2026 14:03:05 EST', '2026-11-26T19:03:05Z'],
    ['Thu, 26 Nov 2026 14:03:05 GMT', AT],
    ['Thu, 26 Nov 2026 14:03:05 +0100 (CET)', HOUR_EARLIER],
    ['26 Nov 26 14:03 A', '2026-11-26T14:03:00Z'],
    ['Thursday, 26-Nov-26 14:03:05 GMT', AT],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['Thu Nov 26 14:03:05 2026', AT],
    ['Thu Nov  5 04:03:05 2026', '2026-11-05T04:03:05Z'],
    ['Thu Nov 26 14:03:05.123 2026', AT_MS],
    ['Thu Nov 26 14:03:05 CET 2026', HOUR_EARLIER],
    ['Thu Nov 26 14:03:05 +0100 2026', HOUR_EARLIER],
    // Servers.
    ['26/Nov/2026:14:03:05 +0100', HOUR_EARLIER],
    ['[26/Nov/2026:14:03:05 +0000]', AT],
    ['26/Nov/2026:14:03:05.123', AT_MS],
    ['2026/11/26 14:03:05', AT],
    ['26-Nov-2026 14:03:05.123', AT_MS],
    ['26-Nov-2026 14:03:05 Europe/Berlin', HOUR_EARLIER],
    ['2026-11-26 14:03:05.123 UTC', AT_MS],
    ['261126 14:03:05', AT],
    ['261126 140305', AT],
    ['2026-11-26-14.03.05.123', AT_MS],
    ['26-NOV-26 02.03.05.123 PM', AT_MS],
    // Languages.
    ['2026-11-26 14:03:05,123', AT_MS],
    ['2026-11-26 14:03:05:123', AT_MS],
    ['2026-11-26 14:03:05.123 +0100 CET m=+0.042', '2026-11-26T13:03:05.123Z'],
    ['Thu Nov 26 2026 15:03:05 GMT+0100 (Central European Standard Time)', AT],
    ['Nov 26, 2026 2:03:05 PM', AT],
    ['Nov 26, 2026, 2:03:05\u202fPM', AT],
    ['November 26th, 2026 at 2:03:05 p.m. UTC', AT],
    ['2026-Nov-26 14:03:05', AT],
    ['I20261126 14:03:05.123', AT_MS],
    // Numbers alone: month first with `/`, day first with `.` and `-`, unless that cannot be.
    ['11/26/2026 2:03:05 PM', AT],
    ['11/26/2026, 2:03:05 PM', AT],
    ['26/11/2026 14:03:05', AT],
    ['06/05/2026 12:00:00 am', '2026-06-05T00:00:00Z'],
    ['5.6.2026 12:00:00', '2026-06-05T12:00:00Z'],
    ['05-06-2026 12:00:00', '2026-06-05T12:00:00Z'],
    ['11-26-2026 14:03:05', AT],
    // Zones.
    ['2026-07-26 14:03:05 CET', '2026-07-26T13:03:05Z'],
    ['2026-07-26 14:03:05 Europe/Berlin', '2026-07-26T12:03:05Z'],
    ['2026-11-26 14:03:05 UTC-3', '2026-11-26T17:03:05Z'],
    ['2026-11-26 14:03:05 America/Argentina/Buenos_Aires', '2026-11-26T17:03:05Z'],
    ['2026-11-26 14:03:05 IST', '2026-11-26T08:33:05Z'],
    // The hour that a clock skips, and the one that it shows twice.
    ['2026-03-29 02:30:00 Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-10-25 02:30:00 Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2016-12-31 23:59:60 UTC', '2017-01-01T00:00:00Z'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
    expect(read(text, undefined)).toBe(expected);
  });

  it.each([
    ['Nov 26 14:03:05', AT],
    ['Nov 26 14:03:05.123', AT_MS],
    ['Nov  6 04:03:05', '2026-11-06T04:03:05Z'],
    ['Nov 26 14:03:05 CET', HOUR_EARLIER],
    ['26 Nov 14:03:05.123', AT_MS],
    ['11-26 14:03:05.123', AT_MS],
    ['11/26 14:03:05', AT],
    ['I1126 14:03:05.123', AT_MS],
    ['Jan  1 00:00:01', '2027-01-01T00:00:01Z'],
    ['Jun  1 00:00:01', '2026-06-01T00:00:01Z'],
    // The nearest year that has the day.
    ['Feb 29 12:00:00', '2028-02-29T12:00:00Z'],
  ])('reads %s as of the year nearest to the time of receipt', (text, expected) => {
    expect(read(text)).toBe(expected);
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('takes the last year for December in January', () => {
    expect(read('Dec 31 23:59:59', nanosFromMs(Date.UTC(2027, 0, 1)))).toBe('2026-12-31T23:59:59Z');
  });

  it.each([
    'noon',
    'Nov 26',
    'Nov 26 2026',
    '14:03:05',
    '11/26/2026',
    '26.11.2026',
    'Nov 31 10:00:00',
    'Foo 26 10:00:00',
    'Z1126 14:03:05',
    '2026-W48',
    '2026-W54-1',
    '2025-W53-1',
    '2026-W48-8',
    '2025-366',
    '2026-000',
    '20261126T14',
    '20261126T240000Z',
    '20261126T1403051Z',
    '2026-11-26T14:03:05+01:00Z',
    '2026-11-26T14:03:05 XYZ',
    '2026-11-26T14:03:05 Foo/Bar',
    '2026-11-26T14:03:05[Foo/Bar]',
    '2026-11-26T14:03:05[Europe/Berlin',
    '2026-11-26T14:03:05 2026',
    '11/26/2026 14:03:05 PM',
    '11/26/2026 0:03:05 AM',
    '2026-11-26T2:03:05Z',
    '2026-1-26T14:03:05Z',
    '26 Nov 2026 14:03:60 UTC',
    'Thu, 26 Nov 2026 14:03:05 +0160',
    '-002026-11-26T14:03:05Z',
    '[',
    '[]',
    `Nov 26 14:03:05 ${' '.repeat(100)}`,
  ])('refuses %j', (text) => {
    expect(read(text)).toBe('refused');
  });
});

describe('properties', () => {
  const anyMs = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) });
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

  it('agrees with the platform on its own forms', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const date = new Date(ms);
        const seconds = BigInt(Math.floor(ms / 1000)) * 1_000_000_000n;
        expect(parseTimestamp(date.toUTCString())).toBe(seconds);
        expect(parseTimestamp(date.toLocaleString('en-US', { timeZone: 'UTC' }))).toBe(seconds);
        expect(parseTimestamp(date.toISOString().replace(/[-:]/g, ''))).toBe(BigInt(ms) * 1_000_000n);
      }),
    );
  });

  it('finds the day of a year and the day of a week', () => {
    for (let days = 0; days < 12_000; days += 1) {
      const date = new Date(days * 86_400_000);
      const year = date.getUTCFullYear();
      const expected = BigInt(days) * 86_400_000_000_000n;
      const nth = (date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1;
      expect(parseTimestamp(`${year}-${pad(nth, 3)}`)).toBe(expected);
      const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
      const thursday = new Date(date.getTime() + (4 - weekday) * 86_400_000);
      const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
      const week = Math.floor((thursday.getTime() - first) / 604_800_000) + 1;
      expect(parseTimestamp(`${thursday.getUTCFullYear()}-W${pad(week)}-${weekday}`)).toBe(expected);
    }
  });

  it('reads what a clock somewhere shows, unless it shows it twice', () => {
    fc.assert(
      fc.property(anyMs, fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'), (ms, zone) => {
        const whole = ms - (ms % 1000);
        const shown = new Date(whole).toLocaleString('sv-SE', { timeZone: zone });
        const time = Number((parseTimestamp(`${shown} ${zone}`) ?? 0n) / 1_000_000n);
        expect([whole, whole - 3_600_000]).toContain(time);
      }),
    );
  });

  it('never throws, and is quick for any text', () => {
    const parts = fc.constantFrom(
      '2026',
      '11',
      '26',
      'Nov',
      'T',
      '-',
      '/',
      ':',
      ' ',
      '[',
      ']',
      'Z',
      '+',
      'W',
      ',',
      '.',
      'PM',
      'é',
      '_',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.string({ unit: 'binary' }), (pieces, text) => {
        for (const value of [pieces.join(''), text]) {
          const time = parseTimestamp(value, RECEIVED);
          expect(time === undefined || typeof time === 'bigint').toBe(true);
        }
      }),
    );
    for (const character of ['1', ' ', '[', 'Z', '/', '\0']) {
      expect(parseTimestamp(character.repeat(1_000_000), RECEIVED)).toBeUndefined();
    }
  });
});
