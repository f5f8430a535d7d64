import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requiredLiterals } from './re2-literals.ts';

describe('literals that every match contains', () => {
  it.each([
    ['timed out after \\d+ ms', ['timed out after ']],
    ['(?-s)upstream .* for order', [' for order', 'upstream ']],
    ['a\\.b\\.c-\\[d', ['a.b.c-[d']],
    ['abcdx?efgh', ['abcd', 'efgh']],
    ['abcdx+efgh', ['abcdx', 'efgh']],
    ['abcdx{0,3}efgh', ['abcd', 'efgh']],
    ['abcd(?:efgh|ijkl)mnop', ['abcd', 'mnop']],
    ['abcd(?P<name>efgh\\d)(ijkl)?', ['abcd', 'efgh']],
    ['\\x41bcde\\x{1F98A}fghi\\pNjklm\\p{Greek}nopq\\101rstu', ['bcde', 'fghi', 'jklm']],
    ['größe🦊?klein', ['größe', 'klein']],
    ['[abc]defg[)(]hijk', ['defg', 'hijk']],
    ['^warn\\b$', ['warn']],
    ['(?i)timeout', []],
    ['abcd|efgh', []],
    ['(?:abcdef|ghijkl)', []],
    ['abc', []],
    ['a.b.c.d', []],
    ['', []],
  ])('%s', (expression, literals) => {
    expect(requiredLiterals(expression)).toEqual(literals);
  });

  it('are in every text that an expression was made to match', () => {
    interface Matched {
      readonly expression: string;
      readonly text: string;
    }
    const word = fc.stringMatching(/^[a-z .\-[\]()]{1,6}$/);
    const plain = word.map((text) => ({ expression: text.replace(/[.[\]()-]/g, '\\$&'), text }));
    const charClass = fc
      .constantFrom('[a-z]', '.', '[^Z]', '\\w', '\\x61')
      .map((expression) => ({ expression, text: 'a' }));
    const joined = (parts: readonly Matched[]): Matched => ({
      expression: parts.map(({ expression }) => expression).join(''),
      text: parts.map(({ text }) => text).join(''),
    });
    const { matched } = fc.letrec<{ matched: Matched }>((tie) => ({
      matched: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        plain,
        charClass,
        plain.map(({ expression, text }) => ({ expression: `${expression}?`, text: text.slice(0, -1) })),
        plain.map(({ expression, text }) => ({ expression: `${expression}+`, text: text + text.slice(-1) })),
        fc.array(tie('matched'), { minLength: 1, maxLength: 4 }).map(joined),
        fc
          .tuple(tie('matched'), plain, fc.constantFrom('(', '(?:', '(?P<n>'))
          .map(([{ expression, text }, other, open]) => ({
            expression: `${open}${expression}|${other.expression})`,
            text,
          })),
        tie('matched').map(({ expression, text }) => ({ expression: `(${expression}){1,2}`, text })),
        tie('matched').map(({ expression }) => ({ expression: `(?:${expression})*`, text: '' })),
      ),
    }));
    fc.assert(
      fc.property(matched, ({ expression, text }) => {
        for (const literal of requiredLiterals(expression)) {
          expect(text).toContain(literal);
        }
      }),
      { numRuns: 500 },
    );
  });
});
