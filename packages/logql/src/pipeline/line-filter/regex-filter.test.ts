import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { RegexFilter } from './regex-filter.ts';

const PARTS = [
  'a',
  'b',
  'K',
  's',
  'é',
  '😀',
  ' ',
  '-',
  '.*',
  '.*?',
  '.+',
  '.',
  '|',
  '(',
  ')',
  '(?:',
  '(?i)',
  '\\.',
  '\\[',
  '\\d',
  '\\-',
  '[ab]',
  '^',
  '$',
  'a?',
  'b*',
  'a{2}',
];

function compiles(expression: string): boolean {
  try {
    RE2JS.compile(expression);
    return true;
  } catch {
    return false;
  }
}

describe('regular expressions of line filters', () => {
  it('find what RE2 finds', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', 'k', '\u212a', 'S', '\u017f', 'é', 'É', '😀', '.', '[', '-', ' ', '\n', '1'),
      maxLength: 12,
    });
    const expression = fc
      .tuple(fc.boolean(), fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }), fc.boolean())
      .map(([ignoresCase, parts, isGroup]) => {
        const body = parts.join('');
        return `${ignoresCase ? '(?i)' : ''}${isGroup ? `(${body})` : body}`;
      })
      .filter(compiles);
    fc.assert(
      fc.property(expression, fc.array(line, { minLength: 1, maxLength: 5 }), (text, lines) => {
        const [filter, re2] = [new RegexFilter(text), RE2JS.compile(text)];
        expect(lines.map((one) => filter.test(one))).toEqual(lines.map((one) => re2.test(one)));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[expression: string, line: string, isFound: boolean]>([
    ['timeout|refused', 'connection refused', true],
    ['timeout|refused', 'fine', false],
    ['(?i)(error|FATAL)', 'x Fatal y', true],
    ['user=.*failed', 'user=ann login failed', true],
    ['user=.*failed', 'failed user=ann', false],
    ['user=.*failed', 'user=ann\nfailed', false],
    ['aa.*aa', 'aaa', false],
    ['a||b', 'c', true],
    ['1\\.2', '1x2', false],
    ['', 'x', true],
  ])('%s in %j', (expression, line, isFound) => {
    expect(new RegexFilter(expression).test(line)).toBe(isFound);
  });
});
