import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asLineFilter,
  filterFor,
  filterOut,
  hasFilter,
  isLogQuery,
  matchersOf,
  searchedTexts,
  withoutFilter,
} from './edit-query.ts';
import { quoteLogQl, unquoteLogQl } from './logql-string.ts';
import { tokenizeLogQl } from './logql-tokens.ts';

const anyText = fc.string({ unit: 'binary' });
const labelNames = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
const operators = fc.constantFrom('=', '!=', '=~', '!~');
const matchers = fc.array(fc.record({ name: labelNames, op: operators, value: anyText }), { maxLength: 4 });
const separators = fc.constantFrom(',', ', ', ' ,\n ', ' # why\n, ');

/** Queries that parse, with everything in them that has misled a naive editor: braces and quotes in strings, comments, several selectors. */
const queries = fc
  .record({
    lists: fc.array(matchers, { minLength: 1, maxLength: 3 }),
    separator: separators,
    trailing: fc.constantFrom('', ' |= "a } b"', ' | json | x="{"', ' |= `{raw="}"}` # {end}'),
  })
  .map(({ lists, separator, trailing }) =>
    lists
      .map((list) => `{${list.map(({ name, op, value }) => `${name}${op}${quoteLogQl(value)}`).join(separator)}}`)
      .join(' or\n')
      .concat(trailing),
  );

describe('tokenizeLogQl', () => {
  it('loses nothing, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(
          tokenizeLogQl(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('tells the words of a query apart', () => {
    const kinds = tokenizeLogQl('sum by (level) (rate({app="x"} |= `y` | json [5m])) # z')
      .filter((token) => token.kind !== 'space')
      .map((token) => `${token.text}:${token.kind}`);
    expect(kinds).toEqual([
      'sum:keyword',
      'by:keyword',
      '(:punctuation',
      'level:word',
      '):punctuation',
      '(:punctuation',
      'rate:keyword',
      '(:punctuation',
      '{:open',
      'app:label',
      '=:operator',
      '"x":string',
      '}:close',
      '|=:operator',
      '`y`:string',
      '|:operator',
      'json:keyword',
      '[:punctuation',
      '5m:number',
      ']:punctuation',
      '):punctuation',
      '):punctuation',
      '# z:comment',
    ]);
  });
});

describe('quoteLogQl', () => {
  it('is undone by unquoteLogQl, and makes one string token', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const quoted = quoteLogQl(text);
        expect(unquoteLogQl(quoted)).toBe(text);
        expect(tokenizeLogQl(quoted)).toMatchObject([{ kind: 'string', text: quoted }]);
      }),
    );
  });

  it.each([
    ['"\\u00e9\\x41\\101\\U0001F600"', 'éAA😀'],
    ['`a\\nb`', 'a\\nb'],
    ['"open', undefined],
    ['"', undefined],
  ])('%s means %j', (token, text) => {
    expect(unquoteLogQl(token)).toBe(text);
  });
});

describe('filterFor and filterOut', () => {
  it.each([
    ['', '{level="error"}'],
    ['  ', '{level="error"}'],
    ['{}', '{level="error"}'],
    ['{ }', '{level="error"}'],
    ['{app="x"}', '{app="x", level="error"}'],
    ['{app="x",}', '{app="x", level="error"}'],
    ['{app="x" } |= "y"', '{app="x", level="error"} |= "y"'],
    ['{level="info", app="x"}', '{level="error", app="x"}'],
    ['{level!="error"}', '{level="error"}'],
    ['{level=~"e.*"}', '{level=~"e.*", level="error"}'],
    ['{app="}"} |= "{"', '{app="}", level="error"} |= "{"'],
    ['{app="x"', '{app="x", level="error"}'],
    ['|= "x"', '{level="error"} |= "x"'],
    ['rate({a="1"}[5m]) / rate({}[5m])', 'rate({a="1", level="error"}[5m]) / rate({level="error"}[5m])'],
    ['{a="1" # which\n}', '{a="1" # which\n, level="error"}'],
  ])('filterFor(%j)', (query, wanted) => {
    expect(filterFor(query, 'level', 'error')).toBe(wanted);
  });

  it.each([
    ['{}', '{level!="error"}'],
    ['{level="error"}', '{level!="error"}'],
    ['{level="info"}', '{level="info", level!="error"}'],
    ['{level!="error"}', '{level!="error"}'],
    ['{level!="info"}', '{level!="info", level!="error"}'],
  ])('filterOut(%j)', (query, wanted) => {
    expect(filterOut(query, 'level', 'error')).toBe(wanted);
  });

  it('escapes the value', () => {
    expect(filterFor('{}', 'path', 'C:\\a "b"\n')).toBe('{path="C:\\\\a \\"b\\"\\n"}');
  });

  it('puts the matcher in, once, keeps the others, and touches nothing outside the braces', () => {
    fc.assert(
      fc.property(queries, labelNames, anyText, fc.boolean(), (query, name, value, wanted) => {
        const edit = wanted ? filterFor : filterOut;
        const edited = edit(query, name, value);
        const after = matchersOf(edited);
        const op = wanted ? '=' : '!=';
        expect(after.some((m) => m.name === name && m.op === op && m.value === value)).toBe(true);
        expect(edit(edited, name, value)).toBe(edited);
        const others = (text: string): string[] =>
          matchersOf(text)
            .filter((m) => m.name !== name)
            .map((m) => `${m.name}${m.op}${m.value}`);
        expect(others(edited)).toEqual(others(query));
        expect(outside(edited)).toBe(outside(query));
      }),
    );
  });
});

/** The query with everything inside its selectors left out. */
function outside(query: string): string {
  let depth = 0;
  let text = '';
  for (const token of tokenizeLogQl(query)) {
    depth += token.kind === 'open' ? 1 : 0;
    text += depth === 0 ? token.text : '';
    depth -= token.kind === 'close' ? 1 : 0;
  }
  return text;
}

describe('withoutFilter', () => {
  it.each([
    ['{level="error"}', '{}'],
    ['{level="error", app="x"}', '{app="x"}'],
    ['{app="x", level="error"} |= "y"', '{app="x"} |= "y"'],
    ['{a="1",level="error",b="2"}', '{a="1",b="2"}'],
    ['{level!="error"}', '{level!="error"}'],
  ])('%s', (query, wanted) => {
    expect(withoutFilter(query, 'level', 'error')).toBe(wanted);
  });

  it('undoes filterFor on a query that had nothing to say about the label', () => {
    fc.assert(
      fc.property(queries, labelNames, anyText, (query, name, value) => {
        fc.pre(!matchersOf(query).some((m) => m.name === name) && !query.includes('#') && !query.includes('or'));
        const edited = filterFor(query, name, value);
        expect(hasFilter(edited, name, value)).toBe(true);
        expect(withoutFilter(edited, name, value)).toBe(query);
      }),
    );
  });
});

describe('isLogQuery', () => {
  it.each([
    ['', true],
    ['# note\n{a="b"}', true],
    ['rate({a="b"}[1m])', false],
    ['1 + 1', false],
  ])('%j: %s', (query, wanted) => {
    expect(isLogQuery(query)).toBe(wanted);
  });
});

it('finds the texts that lines must contain', () => {
  expect(searchedTexts('{a="|= x"} |= "one" != "two" |= `three` |= "" |~ "four"')).toEqual(['one', 'three']);
});

it.each([
  ['timeout', '{} |= "timeout"'],
  ['connection reset by peer', '{} |= "connection reset by peer"'],
  ['"quoted words"', '{} |= "quoted words"'],
  ['say "hi"', '{} |= "say \\"hi\\""'],
  ['{app="x"', undefined],
  ['rate(', undefined],
  ['', undefined],
])('takes %j for %j', (text, wanted) => {
  expect(asLineFilter(text)).toBe(wanted);
});
