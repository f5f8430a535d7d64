import { describe, expect, it } from 'vitest';
import { parseSpan, printSpan } from '../view/view-span.ts';
import { comparedSentence, differenceWords, sharesOf, sidesSentence } from './difference-words.ts';
import { rangeAround, spanInRange } from './span-in-range.ts';

const all = { inside: 75, outside: 225 };
const value = { label: 'region', value: 'eu', inside: 38, outside: 9, difference: 0.47 };

describe('the words about a difference', () => {
  it('say both sides', () => {
    expect(sidesSentence(value, all)).toBe('38 of 75 logs here (51%), 9 of 225 elsewhere (4.0%)');
    expect(comparedSentence(all)).toBe('75 logs here, compared with 225 in the rest of the time range');
    expect(sharesOf(value, { inside: 0, outside: 0 })).toEqual({ inside: 38, outside: 9 });
  });

  it('say how much', () => {
    expect(differenceWords({ inside: 0.5, outside: 0 })).toBe('only here');
    expect(differenceWords({ inside: 0, outside: 0.5 })).toBe('not here');
    expect(differenceWords({ inside: 0.5, outside: 0.2 })).toBe('2.5 times as frequent here');
    expect(differenceWords({ inside: 0.01, outside: 0.5 })).toBe('50 times as frequent elsewhere');
  });
});

describe('the compared span', () => {
  const range = { startMs: 1000, endMs: 9000 };

  it('is the part of it in the range', () => {
    expect(spanInRange({ startMs: 500, endMs: 2000 }, range)).toEqual({ startMs: 1000, endMs: 2000 });
    expect(spanInRange({ startMs: 0, endMs: 1000 }, range)).toBeUndefined();
    expect(spanInRange({ startMs: 0, endMs: 10_000 }, range)).toBeUndefined();
    expect(rangeAround({ startMs: 4000, endMs: 5000 })).toEqual({ startMs: 0, endMs: 9000 });
  });

  it('is read from an address, or not', () => {
    expect(parseSpan(printSpan(range))).toEqual(range);
    expect([null, '', '~', 'a~b', '2026-01-02T00:00:00Z~2026-01-01T00:00:00Z'].map(parseSpan)).toEqual(
      Array(5).fill(undefined),
    );
  });
});
