import { describe, expect, it } from 'vitest';
import { anywherePattern, plainAlternatives, wholeValuePattern } from './re2-pattern.ts';

describe('an expression for a whole value', () => {
  it.each([
    ['a|b', '^(?:a|b)$'],
    ['', '^(?:)$'],
    ['(a)(b)', '^(?:(a)(b))$'],
    ['[)(]', '^(?:[)(])$'],
    ['[])]', '^(?:[])])$'],
    ['[^])]', '^(?:[^])])$'],
    ['[[:alpha:])]', '^(?:[[:alpha:])])$'],
    ['[\\])]', '^(?:[\\])])$'],
    ['\\)', '^(?:\\))$'],
    ['\\Qa.b)\\E+', '^(?:a\\.b\\)+)$'],
    ['\\Qa|b', '^(?:a\\|b)$'],
    ['\\Q\\E', '^(?:)$'],
    ['\\Q\\', '^(?:\\\\)$'],
    ['\\\\Q(x)', '^(?:\\\\Q(x))$'],
  ])('%s', (expression, pattern) => {
    expect(wholeValuePattern(expression)).toBe(pattern);
  });

  it.each([')', 'a)|(b', '(a))', '\\', 'a\\', '[a])'])(
    '%s is refused: in a group it would mean something else',
    (expression) => {
      expect(() => wholeValuePattern(expression)).toThrow(expect.objectContaining({ code: 'invalid-query' }));
      expect(() => anywherePattern(expression)).toThrow(expect.objectContaining({ code: 'invalid-query' }));
    },
  );
});

describe('an expression for anywhere in a line', () => {
  it.each([
    ['timeout', 'timeout'],
    ['a.b', '(?-s)a.b'],
    ['(?i)a.b', '(?-s)(?i)a.b'],
    ['\\Qa.b', '(?-s)a\\.b'],
  ])('%s', (expression, pattern) => {
    expect(anywherePattern(expression)).toBe(pattern);
  });
});

describe('plain alternatives', () => {
  it.each([
    ['checkout', ['checkout']],
    ['a|b-c|d e', ['a', 'b-c', 'd e']],
    ['a|b|a', ['a', 'b']],
    ['a.b', undefined],
    ['a|', undefined],
    ['|a', undefined],
    ['', undefined],
    ['a||b', undefined],
    ['(a|b)', undefined],
    ['ä', undefined],
    ['a\\|b', undefined],
  ])('%s', (expression, alternatives) => {
    expect(plainAlternatives(expression)).toEqual(alternatives);
  });
});
