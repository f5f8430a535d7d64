import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absoluteRange,
  describeRange,
  fieldText,
  isRelative,
  parseRange,
  parseTime,
  resolveRange,
  zoomOut,
} from './time-range.ts';

const now = Date.parse('2026-11-22T10:20:30.400Z');
const HOUR = 3_600_000;

function msOf(text: string): number | string {
  const parsed = parseTime(text, now);
  return parsed.ok ? parsed.ms : parsed.problem;
}

describe('parseTime', () => {
  it.each([
    ['now', now],
    ['now-1h', now - HOUR],
    ['NOW - 1h30m', now - 1.5 * HOUR],
    ['now+5m', now + 300_000],
    ['1h', now - HOUR],
    ['-2d', now - 48 * HOUR],
    ['1w', now - 7 * 24 * HOUR],
    ['250ms', now - 250],
    ['1732312345', 1_732_312_345_000],
    ['1732312345678', 1_732_312_345_678],
    ['1732312345678901', 1_732_312_345_678],
    ['1732312345678901234', 1_732_312_345_678],
    ['2026-11-22T10:00:00Z', Date.parse('2026-11-22T10:00:00Z')],
    ['2026-11-22t10:00:00.5+02:00', Date.parse('2026-11-22T08:00:00.500Z')],
    ['2026-11-22 09:15', new Date(2026, 10, 22, 9, 15).getTime()],
    ['2026-1-2', new Date(2026, 0, 2).getTime()],
    ['2026-11-22 09:15:07.25', new Date(2026, 10, 22, 9, 15, 7, 250).getTime()],
  ])('reads %s', (text, ms) => {
    expect(msOf(text)).toBe(ms);
  });

  it('takes a bare clock time as today', () => {
    const today = new Date(now);
    expect(msOf('07:05')).toBe(new Date(today.getFullYear(), today.getMonth(), today.getDate(), 7, 5).getTime());
  });

  it.each(['2026-02-30', '2026-13-01 10:00', '25:00', '10:61', '0050-01-01'])(
    'knows that %s does not exist',
    (text) => {
      expect(msOf(text)).toBe('There is no such day or time.');
    },
  );

  it.each(['', 'yesterday', 'now-', 'now-1y', '12', '10', 'now*2h'])('says how to write what %j is not', (text) => {
    expect(msOf(text)).toMatch(/^Use a time such as/);
  });

  it.each(['now-999999999999d', '99999999999999999999'])('refuses %s, which nothing can hold', (text) => {
    expect(msOf(text)).toBe('This time is out of range.');
  });

  it('gives a canonical form that means the same', () => {
    const input = fc.oneof(
      fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
      fc.tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom('ms', 's', 'm', 'h', 'd')).map(([n, u]) => `${n}${u}`),
      fc.integer({ min: 1e9, max: 4e9 }).map(String),
    );
    fc.assert(
      fc.property(input, (text) => {
        const parsed = parseTime(text, now);
        expect(parsed.ok && parseTime(parsed.expression, now)).toEqual(parsed);
      }),
    );
  });

  it('reads back what a field shows', () => {
    // A whole number of days in June, far from any change of the clocks.
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 24 * HOUR }), (offset) => {
        const ms = Date.UTC(2026, 5, 3) + offset;
        expect(msOf(fieldText(new Date(ms).toISOString()))).toBe(ms);
      }),
    );
  });
});

describe('parseRange', () => {
  it('wants the end after the start', () => {
    expect(parseRange('now', 'now-1h', now)).toEqual({ ok: false, to: 'The end must be after the start.' });
    expect(parseRange('now', 'now', now)).toMatchObject({ ok: false });
  });

  it('says what is wrong with each end', () => {
    const parsed = parseRange('soon', 'later', now);
    expect(parsed).toMatchObject({ ok: false, from: expect.any(String), to: expect.any(String) });
  });

  it('gives canonical ends', () => {
    expect(parseRange('2h', 'now', now)).toEqual({
      ok: true,
      range: { from: 'now-2h', to: 'now' },
      resolved: { startMs: now - 2 * HOUR, endMs: now },
    });
  });
});

it('falls back to the last hour where a range is nonsense', () => {
  expect(resolveRange({ from: 'x', to: 'y' }, now)).toEqual({ startMs: now - HOUR, endMs: now });
});

describe('zoomOut', () => {
  it('doubles the span', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 1e9 }), (start, span) => {
        const before = { startMs: 1e12 + start, endMs: 1e12 + start + 2 * span };
        const after = resolveRange(zoomOut(before, 9e12), 9e12);
        expect(after.endMs - after.startMs).toBe(4 * span);
        expect(after.endMs + after.startMs).toBe(before.endMs + before.startMs);
      }),
    );
  });

  it('looks further back rather than into the future', () => {
    const after = resolveRange(zoomOut({ startMs: now - HOUR, endMs: now }, now), now);
    expect(after).toEqual({ startMs: now - 2 * HOUR, endMs: now });
  });
});

describe('describeRange', () => {
  it.each([
    ['now-1h', 'Last hour'],
    ['now-15m', 'Last 15 minutes'],
  ])('%s is called %s', (from, words) => {
    const range = { from, to: 'now' };
    expect(describeRange(range, resolveRange(range, now))).toBe(words);
  });

  it('names the day once when both ends are on it', () => {
    const start = new Date(2026, 10, 22, 9, 0).getTime();
    const words = (end: number): string => describeRange(absoluteRange(start, end), { startMs: start, endMs: end });
    expect(words(start + HOUR)).toBe('Nov 22 09:00:00 – 10:00:00');
    expect(words(start + 24 * HOUR)).toBe('Nov 22 09:00:00 – Nov 23 09:00:00');
  });

  it('shows other relative ranges as they are written', () => {
    const range = { from: 'now-2h', to: 'now-1h' };
    expect(describeRange(range, resolveRange(range, now))).toBe('now-2h – now-1h');
    expect(isRelative(range)).toBe(true);
  });
});
