import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logqlProblem } from './logql-problem.ts';

/** What is underlined, and why. */
function underlined(query: string): readonly [string, string] | undefined {
  const problem = logqlProblem(query);
  return problem === undefined ? undefined : [query.slice(problem.from, problem.to), problem.message];
}

describe('what is wrong with a query', () => {
  it.each(['', '  ', '{}', '{a="b"} |= "x" | json | status >= 400', 'sum by (a) (rate({b="c"}[5m]))'])(
    'is nothing: %j',
    (query) => {
      expect(logqlProblem(query)).toBeUndefined();
    },
  );

  it.each([
    ['{service=checkout}', 'checkout'],
    ['{service="checkout"', '"'],
    ['{a="b"} | jsn', 'jsn'],
    ['{a="b"} | line_format "{{.a}"', '"{{.a}"'],
    ['{a=~"("}', '"("'],
    ['rate({a="b"}[5m]', ']'],
  ])('%s: at %j', (query, wanted) => {
    expect(underlined(query)?.[0]).toBe(wanted);
    expect(underlined(query)?.[1]).not.toBe('');
  });

  it('stands inside of the query, whatever is typed', () => {
    const word = fc.constantFrom(
      '{',
      '}',
      'a',
      '=',
      '"x"',
      '"',
      '`',
      '|',
      '|=',
      'json',
      '(',
      ')',
      '[5m]',
      '#',
      ' ',
      '\\',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 10 }), (words) => {
        const query = words.join('');
        const problem = logqlProblem(query);
        expect(problem === undefined || (problem.from < problem.to && problem.to <= query.length)).toBe(true);
      }),
    );
  });
});
