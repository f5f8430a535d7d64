import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';

function matchersOf(query: string) {
  const parsed = parseQuery(query);
  return parsed.kind === 'vector-selector' ? parsed.matchers.map(({ name, op, value }) => [name, op, value]) : [];
}

it.each([
  ['up', [['__name__', '=', 'up']]],
  ['job:errors:rate5m', [['__name__', '=', 'job:errors:rate5m']]],
  ['{"http.server.duration"}', [['__name__', '=', 'http.server.duration']]],
  ['{__name__=~"http_.+"}', [['__name__', '=~', 'http_.+']]],
  [
    'up{job="a",host!="b",x=~"c|d",y!~"e",}',
    [
      ['__name__', '=', 'up'],
      ['job', '=', 'a'],
      ['host', '!=', 'b'],
      ['x', '=~', 'c|d'],
      ['y', '!~', 'e'],
    ],
  ],
  ['{"service.name"="api"}', [['service.name', '=', 'api']]],
  [
    "up{on='x', by=`a\\b`}",
    [
      ['__name__', '=', 'up'],
      ['on', '=', 'x'],
      ['by', '=', 'a\\b'],
    ],
  ],
  [
    'up{a="\\u00e9\\xc3\\xa9\\n\\""}',
    [
      ['__name__', '=', 'up'],
      ['a', '=', 'éé\n"'],
    ],
  ],
  ['( ( up ) ) # a comment', [['__name__', '=', 'up']]],
  ['rate', [['__name__', '=', 'rate']]],
  ['{a=""}', undefined],
])('the matchers of %s', (query, expected) => {
  if (expected === undefined) {
    expect(() => matchersOf(query)).toThrow(AegisError);
  } else {
    expect(matchersOf(query)).toEqual(expected);
  }
});

it.each([
  ['up offset 5m', { offsetMs: 300_000, at: undefined }],
  ['up offset -1m30s', { offsetMs: -90_000, at: undefined }],
  ['up offset 0.5', { offsetMs: 500, at: undefined }],
  ['up @ 1.5', { offsetMs: 0, at: 1500 }],
  ['up @ -3', { offsetMs: 0, at: -3000 }],
  ['up @ start() offset 1h', { offsetMs: 3_600_000, at: 'start' }],
  ['up offset 1h @ end()', { offsetMs: 3_600_000, at: 'end' }],
])('the modifiers of %s', (query, expected) => {
  expect(parseQuery(query)).toMatchObject({ kind: 'vector-selector', ...expected });
});

it.each([
  ['up[5m]', 300_000],
  ['up[1h30m]', 5_400_000],
  ['up[90]', 90_000],
  ['up[0x10]', 16_000],
  ['up[1_000]', 1_000_000],
  ['up[15ms]', 15],
  ['(up[5m])', 300_000],
  ['up[5m] offset 1m', 300_000],
])('the range of %s', (query, rangeMs) => {
  expect(parseQuery(query)).toMatchObject({ kind: 'range-selector', rangeMs });
});

it('parses functions of a range', () => {
  expect(parseQuery('increase(requests_total{job="a"}[1h] @ end() offset 5m)')).toMatchObject({
    kind: 'function-call',
    name: 'increase',
    argument: { rangeMs: 3_600_000, selector: { offsetMs: 300_000, at: 'end' } },
    source: { from: 0, to: 55 },
  });
});

it.each([
  ['', 0],
  ['   ', 3],
  ['foo bar', 4],
  ['foo{a="b', 8],
  ['foo{a="b\\"', 10],
  ['foo{a="\\q"}', 7],
  ['foo{a="\\xff"}', 6],
  ['foo{a="\\ud800"}', 7],
  ['foo[5m', 6],
  ['foo[0s]', 3],
  ['nosuch(foo)', 6],
  ['é', 0],
  ['{}', 0],
  ['{a=~".*"}', 0],
  ['{a!="b"}', 0],
  ['{a!~"b"}', 0],
  ['foo{__name__="bar"}', 0],
  ['{"a", "b"}', 0],
  ['{"a", __name__="a"}', 0],
  ['foo{a=~"("}', 7],
  ['foo{a=~"(?=x)"}', 7],
  ['foo{a=~"((a{1000}){1000})"}', 7],
  ['foo{""="x"}', 7],
  ['rate(foo)', 5],
  ['rate(rate(foo[5m]))', 5],
  ['rate()', 0],
  ['rate(foo[5m], foo[5m])', 0],
  ['(foo)[5m]', 0],
  ['rate(foo[5m]) offset 5m', 0],
  ['foo offset 5m offset 5m', 0],
  ['foo @ 5 @ 6', 0],
  ['foo @ inf', 6],
])('%s is not PromQL, from position %d', (query, position) => {
  expect(() => parseQuery(query)).toThrow(expect.objectContaining({ code: 'invalid-query', members: { position } }));
});

it.each([
  ['sum by (a) (foo)', 0, 'sum'],
  ['topk(5, foo)', 0, 'topk'],
  ['(foo + bar)', 1, '+'],
  ['foo and bar', 0, 'and'],
  ['-foo', 0, '-'],
  ['1', 0, 'number'],
  ['"text"', 0, 'text'],
  ['irate(foo[5m])', 0, 'irate'],
  ['histogram_quantile(0.9, foo)', 0, 'histogram_quantile'],
  ['rate(foo[5m:1m])', 5, 'subqueries'],
  ['foo[5m:1m] offset 1m', 0, 'subqueries'],
  ['foo[5m+1m]', 4, 'durations'],
  ['-foo @ 5', 0, '-'],
  ['foo or bar offset 5m', 0, 'or'],
])('%s is PromQL that is not run yet', (query, position, what) => {
  expect(() => parseQuery(query)).toThrow(
    expect.objectContaining({
      code: 'query-not-runnable',
      members: { position },
      detail: expect.stringContaining(what),
    }),
  );
});

it('reads back every label value that is written as a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
      expect(matchersOf(`up{a=${JSON.stringify(value).replaceAll("'", '\\u0027')}}`)).toEqual([
        ['__name__', '=', 'up'],
        ['a', '=', value],
      ]);
    }),
  );
});

it('answers any text with an expression or one of two errors', () => {
  const piece = fc.constantFrom(
    'foo',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    '`',
    '\\',
    '=~',
    '=',
    ',',
    '5m',
    ':',
    '@',
    'offset',
    'rate',
    '-',
    '+',
    'start',
    '#',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(' ')),
      ),
      (query) => {
        try {
          parseQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(AegisError);
          expect(['invalid-query', 'query-not-runnable']).toContain((error as AegisError).code);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

it.each(['(', '-', 'a{', 'rate(', 'a+', 'a offset 1s '])('%s many times over is refused without harm', (part) => {
  expect(() => parseQuery(part.repeat(Math.floor(49_000 / part.length)))).toThrow(AegisError);
});

it('a longer query than the bound is refused', () => {
  expect(() => parseQuery(`up{a="${'x'.repeat(50_000)}"}`)).toThrow(/at most 50000 characters/);
});
