import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery, QUERY_LENGTH_MAX } from './parse-query.ts';
import { printQuery } from './print/print-query.ts';
import { withoutSources } from './testing/without-sources.ts';

function matchersOf(query: string) {
  const parsed = parseQuery(query);
  return parsed.kind === 'vector-selector' ? parsed.matchers.map(({ name, op, value }) => [name, op, value]) : [];
}

it.each([
  ['up', [['__name__', '=', 'up']]],
  ['job:errors:rate5m', [['__name__', '=', 'job:errors:rate5m']]],
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
  ['{"http.server.duration"}', [['__name__', '=', 'http.server.duration']]],
  [
    '{"metric.name", "label.x"="v", job="a"}',
    [
      ['__name__', '=', 'metric.name'],
      ['label.x', '=', 'v'],
      ['job', '=', 'a'],
    ],
  ],
  ['{__name__=~"http_.+"}', [['__name__', '=~', 'http_.+']]],
  [
    "up{on='x', by=`a\\b`}",
    [
      ['__name__', '=', 'up'],
      ['on', '=', 'x'],
      ['by', '=', 'a\\b'],
    ],
  ],
  [
    'up{a="\\u00e9\\xc3\\xa9\\n\\"\\101"}',
    [
      ['__name__', '=', 'up'],
      ['a', '=', 'éé\n"A'],
    ],
  ],
  [
    'up{a="\\xff"}',
    [
      ['__name__', '=', 'up'],
      ['a', '=', '\ufffd'],
    ],
  ],
  ['{""="x"}', [['', '=', 'x']]],
  [
    'group{by="a"}',
    [
      ['__name__', '=', 'group'],
      ['by', '=', 'a'],
    ],
  ],
])('the matchers of %s', (query, expected) => {
  expect(matchersOf(query)).toEqual(expected);
});

it.each([
  'sum',
  'by',
  'without',
  'offset',
  'and',
  'start',
  'step',
  'range',
  'anchored',
  'fill',
  'max_of',
  'rate',
  'infra',
])('%s may name a metric and a label', (name) => {
  expect(matchersOf(`${name}{${name}="x"}`)).toEqual([
    ['__name__', '=', name],
    [name, '=', 'x'],
  ]);
  expect(parseQuery(`sum by (${name}) (${name})`)).toMatchObject({ grouping: [name], expression: { name } });
  expect(parseQuery(`a + on (${name}) ${name}`)).toMatchObject({ right: { name } });
});

it.each([
  ['1', 1],
  ['.5', 0.5],
  ['5.', 5],
  ['1e-3', 0.001],
  ['0x1F', 31],
  ['0x_1_f', 31],
  ['0755', 493],
  ['08', 8],
  ['1_000.5', 1000.5],
  ['Inf', Number.POSITIVE_INFINITY],
  ['-iNF', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['--5', 5],
  ['-0', -0],
  ['5m', 300],
  ['1h30m', 5400],
  ['-1ms', -0.001],
  ['1y1w1d1h1m1s1ms', 32_230_861.001],
])('%s is the number %d', (query, value) => {
  expect(parseQuery(query)).toMatchObject({ kind: 'number', value });
});

it.each([
  ['-1 ^ 2', { kind: 'unary', expression: { kind: 'binary', op: '^' } }],
  ['-1 * 2', { kind: 'binary', op: '*', left: { value: -1 } }],
  ['-a ^ b', { kind: 'unary', expression: { op: '^' } }],
  ['2 ^ 3 ^ 2', { op: '^', left: { value: 2 }, right: { op: '^' } }],
  ['2 ^ -a ^ b', { op: '^', right: { kind: 'unary', expression: { op: '^' } } }],
  ['1 - 2 - 3', { op: '-', left: { op: '-' }, right: { value: 3 } }],
  ['a or b and c', { op: 'or', right: { op: 'and' } }],
  ['a unless b and c', { op: 'and', left: { op: 'unless' } }],
  ['a + b > c * d', { op: '>', left: { op: '+' }, right: { op: '*' } }],
  ['1 + a atan2 b', { op: '+', right: { op: 'atan2' } }],
  ['a </ 5 + 1', { op: '</', right: { op: '+' } }],
  ['a >/ 5', { op: '>/' }],
  ['1 < bool 2', { op: '<', isBool: true, matching: undefined }],
  ['a AND b', { op: 'and', matching: { cardinality: 'many-to-many' } }],
  ['-a[5m:]', undefined],
  ['-sum(a) by (b)', { kind: 'unary', expression: { kind: 'aggregation', grouping: ['b'] } }],
  ['a offset -2 ^ 2', { op: '^', left: { offset: { ms: -2000 } }, right: { value: 2 } }],
  ['a offset -(1m) * 2', { op: '*', left: { offset: { kind: 'duration-sign' } } }],
  ['a offset (1m) * 2', { kind: 'vector-selector', offset: { kind: 'duration-operation', op: '*' } }],
])('the tree of %s', (query, expected) => {
  if (expected === undefined) {
    expect(() => parseQuery(query)).toThrow('got "range vector"');
  } else {
    expect(parseQuery(query)).toMatchObject(expected);
  }
});

it('reads vector matching with all its clauses', () => {
  expect(parseQuery('a / on (job, "x.y") group_left (z) fill_right (-1) fill_left (2) b')).toMatchObject({
    matching: {
      cardinality: 'many-to-one',
      isOn: true,
      labels: ['job', 'x.y'],
      include: ['z'],
      fillLeft: 2,
      fillRight: -1,
    },
  });
  expect(parseQuery('a == bool ignoring (job) group_right fill (0) b')).toMatchObject({
    isBool: true,
    matching: { cardinality: 'one-to-many', isOn: false, labels: ['job'], include: [], fillLeft: 0, fillRight: 0 },
  });
});

it.each([
  ['up offset 5m', { offset: { ms: 300_000 }, at: undefined }],
  ['up offset -1m30s', { offset: { ms: -90_000 } }],
  ['up offset 0.5', { offset: { ms: 500, isNumber: false } }],
  ['up offset 0s', { offset: undefined }],
  ['up @ 1.5', { at: 1500 }],
  ['up @ - 3', { at: -3000 }],
  ['up @ 1m', { at: 60_000 }],
  ['up @ start() offset 1h', { offset: { ms: 3_600_000 }, at: 'start' }],
  ['up offset 1h @ end ( )', { offset: { ms: 3_600_000 }, at: 'end' }],
  ['up anchored @ 5', { extension: 'anchored', at: 5000 }],
  [
    'up[5m] smoothed offset 1m',
    { range: { ms: 300_000 }, selector: { extension: 'smoothed', offset: { ms: 60_000 } } },
  ],
  ['up[5]', { range: { ms: 5000, isNumber: false } }],
  ['up[4.18]', { range: { ms: 4180 } }],
  ['up[0x10]', { range: { ms: 16_000 } }],
  ['up[5m*2]', { range: { op: '*', left: { ms: 300_000 }, right: { ms: 2000, isNumber: true } } }],
  ['up[-2^2 + step()]', { range: { op: '+', left: { kind: 'duration-sign', operand: { op: '^' } } } }],
  ['up[max_of(range(), 1m)]', { range: { kind: 'duration-call', name: 'max', arguments: [{ name: 'range' }, {}] } }],
  ['up offset -min_of(1s, 2s)', { offset: { kind: 'duration-sign', operand: { name: 'min' } } }],
  ['up[1h:]', { kind: 'subquery', range: { ms: 3_600_000 }, step: undefined }],
  ['up[1h:step()] @ 5 offset 1m', { step: { name: 'step' }, at: 5000, offset: { ms: 60_000 } }],
  ['up offset 1m [1h:5m]', { kind: 'subquery', offset: undefined, expression: { offset: { ms: 60_000 } } }],
])('the modifiers of %s', (query, expected) => {
  expect(parseQuery(query)).toMatchObject(expected);
});

it('knows where its nodes stand', () => {
  const query = ' rate ( a{b="c"}[5m] offset 1m ) + on (x) sum by (x) (b) # end';
  const tree = parseQuery(query);
  const textOf = ({ source }: { source: { from: number; to: number } }) => query.slice(source.from, source.to);
  expect(textOf(tree)).toBe('rate ( a{b="c"}[5m] offset 1m ) + on (x) sum by (x) (b)');
  expect(tree.kind === 'binary' && [textOf(tree.left), textOf(tree.right)]).toEqual([
    'rate ( a{b="c"}[5m] offset 1m )',
    'sum by (x) (b)',
  ]);
  expect(tree.kind === 'binary' && tree.left.kind === 'call' && tree.left.arguments.map(textOf)).toEqual([
    'a{b="c"}[5m] offset 1m',
  ]);
});

it.each([
  // What cannot be read.
  ['', 0, 'no expression found in input'],
  [' # only a comment', 0, 'no expression found in input'],
  ['foo bar', 4, 'unexpected identifier "bar"'],
  ['foo 5', 4, 'unexpected number "5"'],
  ['foo "a longer text"', 4, 'unexpected string "\\"a longer "...'],
  ['a:b c:d', 4, 'unexpected metric identifier "c:d"'],
  ['1 +', 3, 'unexpected end of input'],
  ['* a', 0, 'unexpected <op:*>'],
  ['a and on', 8, 'unexpected end of input in grouping opts, expected "("'],
  ['a + by', -1, ''],
  ['on', 0, 'unexpected <on>'],
  ['(a b', 3, 'unexpected identifier "b"'],
  ['(a', 2, 'unclosed left parenthesis'],
  ['a)', 1, "unexpected right parenthesis ')'"],
  ['a]', 1, "unexpected right bracket ']'"],
  ['a}', 1, "unexpected character: '}'"],
  ['a[5m', 4, 'unclosed left bracket'],
  ['a{', 2, 'unexpected end of input inside braces'],
  ['a{b=1}', 4, "unexpected character inside braces: '1'"],
  ['a{{', 2, "unexpected left brace '{'"],
  ['a ? b', 2, "unexpected character: '?'"],
  ['é', 0, "unexpected character: 'é'"],
  ['a =~ b', 2, "unexpected character after '=': '~'"],
  ['a ! b', 2, "unexpected character after '!': ' '"],
  ['a = b', 2, 'unexpected "="'],
  ['"a', 0, 'unterminated quoted string'],
  ['`a', 0, 'unterminated raw string'],
  ['"a\\q"', 2, 'unknown escape sequence'],
  ['"\\ud800"', 1, 'invalid Unicode code point'],
  ['1a', 0, 'bad number or duration syntax: "1"'],
  ['0b1', 0, 'bad number or duration syntax: "0"'],
  ['5mo', 0, 'bad number or duration syntax: "5mo"'],
  ['1__0', 0, 'bad number or duration syntax: "1"'],
  ['1e999', 0, 'value out of range'],
  ['a[1m2h]', 2, 'not a valid duration string: "1m2h"'],
  // Aggregations, functions and labels.
  ['sum', -1, ''],
  ['sum()', 0, 'no arguments for aggregate expression provided'],
  ['sum(a, b)', 0, 'wrong number of arguments for aggregate expression provided, expected 1, got 2'],
  ['topk(a)', 0, 'wrong number of arguments for aggregate expression provided, expected 2, got 1'],
  ['sum(a b)', 6, 'unexpected identifier "b" in aggregation'],
  ['sum by a', 7, 'unexpected identifier "a" in grouping opts, expected "("'],
  ['sum by (a b) (c)', 10, 'unexpected identifier "b" in grouping opts, expected "," or ")"'],
  ['sum by (5) (c)', 8, 'unexpected number "5" in grouping opts, expected label'],
  ['sum by ("") (c)', 8, 'invalid label name for grouping: ""'],
  ['nosuch(a)', 0, 'unknown function with name "nosuch"'],
  ['Rate(a[5m])', 0, 'unknown function with name "Rate"'],
  ['rate(a[5m],)', 10, 'trailing commas not allowed in function call args'],
  // Selectors.
  ['a{b}', 3, 'unexpected "}" in label matching, expected label matching operator'],
  ['a{b="c" d="e"}', 8, 'unexpected identifier "d" in label matching, expected "," or "}"'],
  ['a{b=c}', 4, 'unexpected identifier "c" in label matching, expected string'],
  ['a{,}', 2, 'unexpected "," in label matching, expected identifier or "}"'],
  ['{}', 0, 'vector selector must contain at least one non-empty matcher'],
  ['{a=""}', 0, 'vector selector must contain at least one non-empty matcher'],
  ['{a=~".*"}', 0, 'vector selector must contain at least one non-empty matcher'],
  ['sum({a!="b"})', 4, 'vector selector must contain at least one non-empty matcher'],
  ['{a!~"b"}', 0, 'vector selector must contain at least one non-empty matcher'],
  ['a{__name__="b"}', 0, 'metric name must not be set twice: "a" or "b"'],
  ['a{"b"}', 0, 'metric name must not be set twice: "a" or "b"'],
  ['Inf{a="b"}', 3, 'unexpected "{"'],
  ['a{b=~"("}', 2, 'error parsing regexp: missing closing )'],
  ['a{b=~"(?=x)"}', 2, 'error parsing regexp'],
  ['a{b=~"((x{1000}){1000})"}', 2, 'too large'],
  // Modifiers.
  ['a[0s]', 2, 'duration must be greater than 0'],
  ['a[-5m]', 2, 'duration must be greater than 0'],
  ['a[1h:0s]', 5, 'duration must be greater than 0'],
  ['a[x]', 2, "unexpected character in duration expression: 'x'"],
  ['a[5m x]', 5, "unexpected character: 'x', expected ':'"],
  ['a[]', 2, 'unexpected "]" in subquery or range selector, expected number, duration, step(), or range()'],
  ['a[5m 1m]', 5, 'unexpected duration "1m" in subquery or range, expected ":" or "]"'],
  ['a[5m:1m:1m]', 7, 'unexpected ":" in subquery selector, expected "]"'],
  ['a[5m/0]', 4, 'division by zero'],
  ['a[5m%0]', 4, 'modulo by zero'],
  ['a[500y]', 2, 'duration out of range'],
  ['a[1e30]', 2, 'duration out of range'],
  ['a[min(1m, 2m)]', 2, "unexpected character in duration expression: 'm'"],
  ['(a)[5m]', 3, 'ranges only allowed for vector selectors'],
  ['a offset 1m[5m]', 11, 'no offset modifiers allowed before range'],
  ['a @ 5[5m]', 5, 'no @ modifiers allowed before range'],
  ['a offset', 8, 'unexpected end of input in offset, expected number, duration, step(), or range()'],
  ['a offset b', 9, 'unexpected identifier "b" in offset'],
  ['a offset 5m offset 5m', 0, 'offset may not be set multiple times'],
  ['a @ 5 @ 6', 0, '@ <timestamp> may not be set multiple times'],
  ['a @ b', 4, 'unexpected identifier "b" in @, expected timestamp'],
  ['a @ Inf', 0, 'timestamp out of bounds for @ modifier'],
  ['a @ 1e20', 0, 'timestamp out of bounds for @ modifier: 100000000000000000000.000000'],
  [
    '1 offset 5m',
    0,
    'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
  ],
  ['sum(a) @ 5', 0, '@ modifier must be preceded by an instant vector selector or range vector selector or a subquery'],
  ['a anchored smoothed', 0, 'anchored and smoothed modifiers cannot be used together'],
  ['a[5m:] smoothed', 0, 'smoothed modifier is not supported for subqueries'],
  ['sum(a) anchored', 0, 'anchored modifier not implemented'],
  // Types.
  ['rate(foo)', 5, 'expected type range vector in call to function "rate", got instant vector'],
  ['abs(a[5m])', 4, 'expected type instant vector in call to function "abs", got range vector'],
  ['clamp(a, "1", 2)', 9, 'expected type scalar in call to function "clamp", got string'],
  ['label_join(a, "b", "c", d)', 24, 'expected type string in call to function "label_join", got instant vector'],
  ['rate()', 0, 'expected 1 argument(s) in call to "rate", got 0'],
  ['time(1)', 0, 'expected 0 argument(s) in call to "time", got 1'],
  ['round()', 0, 'expected at least 1 argument(s) in call to "round", got 0'],
  ['hour(a, b)', 0, 'expected at most 1 argument(s) in call to "hour", got 2'],
  ['label_join(a, "b")', 0, 'expected at least 3 argument(s) in call to "label_join", got 2'],
  ['histogram_quantiles(a, "q")', 0, 'expected at least 3 argument(s) in call to "histogram_quantiles", got 2'],
  ['sum(a[5m])', 4, 'expected type instant vector in aggregation expression, got range vector'],
  ['sum(1)', 4, 'expected type instant vector in aggregation expression, got scalar'],
  ['topk("a", b)', 5, 'expected type scalar in aggregation parameter, got string'],
  ['count_values(1, b)', 13, 'expected type string in aggregation parameter, got scalar'],
  ['a + b[5m]', 4, 'binary expression must contain only scalar and instant vector types'],
  ['"a" + 1', 0, 'binary expression must contain only scalar and instant vector types'],
  ['1 == 1', 2, 'comparisons between scalars must use BOOL modifier'],
  ['(1) < (time())', 4, 'comparisons between scalars must use BOOL modifier'],
  ['a + bool b', 2, 'bool modifier can only be used on comparison operators'],
  ['1 and a', 0, 'set operator "and" not allowed in binary scalar expression'],
  ['a + on (b) 1', 0, 'vector matching only allowed between instant vectors'],
  ['a + fill (0) 1', 0, 'filling in missing series only allowed between instant vectors'],
  ['a or fill (0) b', 0, 'filling in missing series not allowed for set operators'],
  ['a unless on (c) group_left b', 0, 'no grouping allowed for "unless" operation'],
  ['a + on (c, d) group_left (d) b', 2, 'label "d" must not occur in ON and GROUP clause at once'],
  ['("a" + 1', 8, 'unclosed left parenthesis'],
  ['-"a"', 0, 'unary expression only allowed on expressions of type scalar or instant vector, got "string"'],
  ['1[5m:]', 0, 'subquery is only allowed on instant vector, got scalar instead'],
  ['a[5m][1h:]', 0, 'subquery is only allowed on instant vector, got matrix instead'],
  ['info(a, b)', 8, 'expected label selectors only, got vector selector instead'],
  ['info(a, (b))', 8, 'expected label selectors only'],
])('%s: position %d, %s', (query, position, problem) => {
  if (position === -1) {
    expect(parseQuery(query)).toBeDefined();
  } else {
    const detail = expect.stringContaining(`At position ${position}: `);
    expect(() => parseQuery(query)).toThrow(
      expect.objectContaining({ code: 'invalid-query', detail, members: { position } }),
    );
    expect(() => parseQuery(query)).toThrow(problem);
  }
});

it('lets info() add any labels', () => {
  expect(parseQuery('info(a, {b=~".*"})')).toMatchObject({ arguments: [{}, { matchers: [{ value: '.*' }] }] });
});

it.each(['a[5m]', '"text"', '(a)', '1', 'a # b', '# c\na', 'a[5m] # c', 'SUM BY (a) (b)', 'start()', 'min_of(1, 2)'])(
  '%s is a query',
  (query) => {
    expect(withoutSources(parseQuery(printQuery(parseQuery(query))))).toEqual(withoutSources(parseQuery(query)));
  },
);

it('reads back every label value that is written as a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const written = JSON.stringify(value).replaceAll("'", '\\u0027');
      expect(matchersOf(`up{a=${written}}`)).toEqual([
        ['__name__', '=', 'up'],
        ['a', '=', value],
      ]);
    }),
  );
});

const PIECES = [
  ...['foo', '{', '}', '[', ']', '(', ')', '"', "'", '`', '\\', '=~', '=', ',', '5m', ':', '@', 'offset', 'rate', '-'],
  ...[
    '+',
    'start',
    '#',
    '\n',
    'sum',
    'by',
    'on',
    'group_left',
    'fill',
    '^',
    '1',
    'bool',
    '==',
    'and',
    '{a="b"}',
    'step',
    '\ud800',
    '\0',
    '😀',
  ],
];

it('answers any text with an expression or invalid-query', () => {
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(text, (query) => {
      try {
        return parseQuery(query).source.from >= 0;
      } catch (error) {
        return error instanceof AegisError && error.code === 'invalid-query';
      }
    }),
    { numRuns: 500 },
  );
});

const LONG = QUERY_LENGTH_MAX - 100;

it.each([
  ['(', ''],
  ['-', ''],
  ['- ', 'a'],
  ['a{', ''],
  ['a{b="c",', ''],
  ['{a="b",', '}'],
  ['rate(', ''],
  ['sum(', ''],
  ['a+', 'a'],
  ['a^', 'a'],
  ['a or ', 'a'],
  ['a offset 1s ', ''],
  ['(a+', ''],
  ['1', 'z'],
  ['1_', ''],
  ['5m', '_'],
  ['#', ''],
  [' ', ''],
  ['"\\', ''],
  ['`', ''],
  ['a[', ''],
  ['a[1m:] ', ''],
  ['{a=~"(x{900}){20}"} + ', '1'],
])('%s many times over, then %s, is refused', (part, end) => {
  expect(() => parseQuery(part.repeat(Math.floor(LONG / part.length)) + end)).toThrow(
    expect.objectContaining({ code: 'invalid-query' }),
  );
});

it.each([
  ['a[', '1m+', '1m]'],
  ['a[', '(', ''],
  ['a[', '-', '1m]'],
  ['a[', '2^', '2]'],
])('%s, then %s many times over, then %s, is refused', (start, part, end) => {
  expect(() => parseQuery(start + part.repeat(Math.floor(LONG / part.length)) + end)).toThrow(
    expect.objectContaining({ code: 'invalid-query' }),
  );
});

it('takes long queries that are not deep', () => {
  const operands = Array.from({ length: 400 }, (_, index) => `metric_${index}{job="x"}`);
  expect(parseQuery(operands.join(' or '))).toMatchObject({ kind: 'binary' });
  expect(parseQuery(`up{a=~"${'x|'.repeat(2000)}y"}`)).toMatchObject({ kind: 'vector-selector' });
});

it('refuses a longer query than the bound', () => {
  expect(() => parseQuery(`up{a="${'x'.repeat(QUERY_LENGTH_MAX)}"}`)).toThrow(/at most 50000 characters/);
});
