import { describe, expect, it } from 'vitest';
import { growthOf, orderPatterns, type Pattern, parsePatternOrder } from './pattern-order.ts';
import { patternsSentence, patternText, sampleSentence, shareWords, trendWords } from './pattern-words.ts';

function pattern(filter: string, counts: readonly number[], levels: Record<string, number> = {}): Pattern {
  const count = counts.reduce((sum, each) => sum + each, 0);
  const parts: Pattern['parts'] = [
    { kind: 'text', text: 'took ' },
    { kind: 'wildcard', type: 'duration', values: [{ value: '5ms', count: 1 }] },
  ];
  return { parts, filter, exclude: `not ${filter}`, count, counts: [...counts], levels, sample: 'took 5ms' };
}

describe('the order of patterns', () => {
  const patterns = [
    pattern('steady', [50, 50, 50], { info: 150 }),
    pattern('growing', [0, 10, 30], { info: 40 }),
    pattern('errors', [9, 0, 1], { error: 10 }),
  ];
  const order = (by: Parameters<typeof orderPatterns>[1]) => orderPatterns(patterns, by).map(({ filter }) => filter);

  it('is by count, severity, growth or rarity', () => {
    expect(order('count')).toEqual(['steady', 'growing', 'errors']);
    expect(order('severity')[0]).toBe('errors');
    expect(order('growth')).toEqual(['growing', 'steady', 'errors']);
    expect(order('rare')).toEqual(['errors', 'growing', 'steady']);
    expect(parsePatternOrder('colour')).toBe('count');
  });

  it('knows the trend', () => {
    expect(patterns.map(trendWords)).toEqual(['steady', 'growing', 'shrinking']);
    expect(growthOf(pattern('none', []))).toBe(0);
  });
});

describe('the words about patterns', () => {
  it('say of how many lines they are', () => {
    expect(sampleSentence({ sampled: 10_000, total: 1_250_000 })).toBe('10,000 of about 1,250,000 logs were looked at');
    expect(sampleSentence({ sampled: 12, total: 12 })).toBe('All 12 logs were looked at');
    expect(sampleSentence({ sampled: 5000, total: null })).toBe('The newest 5,000 logs that match were looked at');
    expect(patternsSentence({ patterns: [pattern('a', [1])], others: 0 })).toBe('1 pattern');
    expect(patternsSentence({ patterns: [], others: 3 })).toBe('0 patterns; 3 lines have none');
  });

  it('say shares so that small ones are not nothing', () => {
    expect([1, 0.314, 0.0314, 0.001, 0.0001, 0].map(shareWords)).toEqual([
      '100%',
      '31%',
      '3.1%',
      '0.1%',
      '<0.1%',
      '0%',
    ]);
    expect(patternText(pattern('a', [1]))).toBe('took <duration>');
  });
});
