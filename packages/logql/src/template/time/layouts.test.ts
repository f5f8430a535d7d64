import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLayout } from './format-layout.ts';
import { GoTime, ZERO_TIME } from './go-time.ts';
import { parseLayout } from './parse-layout.ts';
import { fixedZone, UTC, type Zone, zoneOf } from './zone.ts';

function zone(name: string): Zone {
  const found = zoneOf(name);
  if (found === undefined) {
    throw new RangeError(`no zone ${name}`);
  }
  return found;
}

function timeOf(iso: string, nanosecond = 0, place = UTC): GoTime {
  return new GoTime(BigInt(Date.parse(iso)) * 1_000_000n + BigInt(nanosecond), place);
}

describe('a layout shows', () => {
  const TIME = timeOf('2009-02-04T21:00:57Z', 12_345_600);
  it.each([
    ['2006-01-02T15:04:05Z07:00', '2009-02-04T21:00:57Z'],
    ['2006-01-02T15:04:05.999999999Z07:00', '2009-02-04T21:00:57.0123456Z'],
    ['Mon Jan _2 15:04:05 2006', 'Wed Feb  4 21:00:57 2009'],
    ['Mon Jan _2 15:04:05 MST 2006', 'Wed Feb  4 21:00:57 UTC 2009'],
    ['Mon Jan 02 15:04:05 -0700 2006', 'Wed Feb 04 21:00:57 +0000 2009'],
    ['02 Jan 06 15:04 MST', '04 Feb 09 21:00 UTC'],
    ['Monday, 02-Jan-06 15:04:05 MST', 'Wednesday, 04-Feb-09 21:00:57 UTC'],
    ['3:04PM 3:04pm 03', '9:00PM 9:00pm 09'],
    ['January 1 2 4 5', 'February 2 4 0 57'],
    ['Jan _2 15:04:05.000', 'Feb  4 21:00:57.012'],
    ['05.00 05.000000 05.000000000 05,000 05.9999 05.99', '57.01 57.012345 57.012345600 57,012 57.0123 57.01'],
    ['002 __2', '035  35'],
    ['_2006 20062006', '_2009 20092009'],
    ['-07 -0700 -07:00 -070000 -07:00:00', '+00 +0000 +00:00 +000000 +00:00:00'],
    ['Z07 Z0700 Z07:00 Z070000 Z07:00:00', 'Z Z Z Z Z'],
    ['January Janet Month Mondays', 'February Janet Month Wednesdays'],
    ['no element', 'no element'],
  ])('%s', (layout, expected) => {
    expect(formatLayout(TIME, layout)).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '2021-07-02 14:30:00 +0200 CEST'],
    ['America/New_York', '2021-07-02 08:30:00 -0400 EDT'],
    ['Asia/Kolkata', '2021-07-02 18:00:00 +0530 IST'],
    ['Asia/Tokyo', '2021-07-02 21:30:00 +0900 JST'],
    ['Australia/Sydney', '2021-07-02 22:30:00 +1000 AEST'],
    ['America/Sao_Paulo', '2021-07-02 09:30:00 -0300 -03'],
    ['Asia/Kathmandu', '2021-07-02 18:15:00 +0545 +0545'],
    ['Local', '2021-07-02 12:30:00 +0000 UTC'],
  ])('the time of %s', (name, expected) => {
    expect(String(timeOf('2021-07-02T12:30:00Z', 0, zone(name)))).toBe(expected);
  });

  it('offsets with seconds, and those without a name', () => {
    const time = timeOf('2021-07-02T12:00:00Z', 0, fixedZone('', -12_645));
    expect(formatLayout(time, '15:04:05 -07:00:00 Z070000 -07 MST')).toBe('08:29:15 -03:30:45 -033045 -03 -0330');
  });

  it('the zero time', () => {
    expect(String(ZERO_TIME)).toBe('0001-01-01 00:00:00 +0000 UTC');
  });
});

describe('a text in a layout is', () => {
  it.each([
    ['2006-01-02', '2021-11-02', '2021-11-02 00:00:00 +0000 UTC'],
    ['2006-01-02T15:04:05Z07:00', '2021-11-02T03:04:05Z', '2021-11-02 03:04:05 +0000 UTC'],
    ['2006-01-02T15:04:05Z07:00', '2021-11-02T03:04:05.123456789+02:00', '2021-11-02 03:04:05.123456789 +0200 +0200'],
    ['2006-01-02T15:04:05.999999999Z', '2021-11-02T03:04:05.5Z', '2021-11-02 03:04:05.5 +0000 UTC'],
    ['2006-01-02 15:04:05,000', '2021-11-02 03:04:05,120', '2021-11-02 03:04:05.12 +0000 UTC'],
    ['Mon Jan _2 15:04:05 MST 2006', 'tue NOV  2 03:04:05 UTC 2021', '2021-11-02 03:04:05 +0000 UTC'],
    ['02 Jan 06 15:04 MST', '02 Nov 68 03:04 XYZ', '2068-11-02 03:04:00 +0000 XYZ'],
    ['02 Jan 06 15:04 MST', '02 Nov 69 03:04 GMT+3', '1969-11-02 03:04:00 +0300 GMT+3'],
    ['3:04 PM', '12:30 AM', '0000-01-01 00:30:00 +0000 UTC'],
    ['3:04pm', '1:30pm', '0000-01-01 13:30:00 +0000 UTC'],
    ['2006 002', '2020 366', '2020-12-31 00:00:00 +0000 UTC'],
    ['2006-1-2', '2021-11-2', '2021-11-02 00:00:00 +0000 UTC'],
    ['2006 Jan 2', '2021   Nov  2', '2021-11-02 00:00:00 +0000 UTC'],
    ['January 2, 2006', 'february 29, 2020', '2020-02-29 00:00:00 +0000 UTC'],
    ['15:04:05 -0700', '10:00:00 -0130', '0000-01-01 10:00:00 -0130 -0130'],
  ])('%s, %s', (layout, text, expected) => {
    expect(String(parseLayout(layout, text, UTC))).toBe(expected);
  });

  it.each([
    ['2006-01-02', '2021-02-29'],
    ['2006-01-02', '2021-13-01'],
    ['2006-01-02', '2021-1-1'],
    ['2006-01-02', '2021-01-01 '],
    ['2006-01-02', '2021-01'],
    ['2006-01-02 15', '2021-01-01 24'],
    ['2006 002', '2021 366'],
    ['Jan', 'Foo'],
    ['.000', '.12'],
    ['-07:00', '+2500'],
    ['MST', 'abc'],
    ['x', ''],
  ])('no time for %s, %s', (layout, text) => {
    expect(parseLayout(layout, text, UTC)).toBe(ZERO_TIME);
  });

  it.each([
    ['2021-03-28 01:59:59', '2021-03-28 01:59:59 +0100 CET'],
    // The hour that does not exist.
    ['2021-03-28 02:30:00', '2021-03-28 03:30:00 +0200 CEST'],
    ['2021-10-31 01:30:00', '2021-10-31 01:30:00 +0200 CEST'],
    ['2021-10-31 03:30:00', '2021-10-31 03:30:00 +0100 CET'],
  ])('in the zone: %s', (text, expected) => {
    expect(String(parseLayout('2006-01-02 15:04:05', text, zone('Europe/Berlin')))).toBe(expected);
  });

  it('no zone for a name that is none', () => {
    expect(['Nowhere/City', '+02:00', 'x'.repeat(1000)].map((name) => zoneOf(name))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('a time is read as it is written', () => {
  const names = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Auckland');
  // From 1971 to 2200: offsets were no whole minutes before.
  const nanos = fc.bigInt({ min: 31_536_000_000_000_000n, max: 7_258_118_400_000_000_000n });
  fc.assert(
    fc.property(names, nanos, (name, time) => {
      const layout = '2006-01-02T15:04:05.999999999Z07:00';
      expect(parseLayout(layout, formatLayout(new GoTime(time, zone(name)), layout), zone(name)).nanos).toBe(time);
    }),
  );
});
