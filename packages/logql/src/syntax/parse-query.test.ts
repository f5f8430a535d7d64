import { AegisError, type LabelMatcher, type LineFilter } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Query } from './ast/query.ts';
import { parseQuery, QUERY_LENGTH_MAX } from './parse-query.ts';
import { printQuery } from './print-query.ts';

const MINUTE = 60_000_000_000n;

/** Code, position and sentence of a refusal. */
function refusal(query: string): readonly [code: string, position: unknown, detail: string | undefined] {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof AegisError) {
      return [error.code, error.members.position, error.detail];
    }
    throw error;
  }
  throw new Error(`${query} was not refused`);
}

function logs(matchers: readonly LabelMatcher[], lineFilters: readonly LineFilter[] = []): Query {
  return { kind: 'log-query', matchers, lineFilters };
}

const api: LabelMatcher = { name: 'service', op: '=', value: 'api' };

describe('log queries', () => {
  it.each<[string, Query]>([
    ['{}', logs([])],
    [' { } ', logs([])],
    ['{service="api"}', logs([api])],
    ['{ service = "api" }', logs([api])],
    [
      '{a="1",b!="2",c=~"3.*",d!~"4|5"}',
      logs([
        { name: 'a', op: '=', value: '1' },
        { name: 'b', op: '!=', value: '2' },
        { name: 'c', op: '=~', value: '3.*' },
        { name: 'd', op: '!~', value: '4|5' },
      ]),
    ],
    [
      '{by="x", sum="y", json="z", or="o"}',
      logs(
        [
          ['by', 'x'],
          ['sum', 'y'],
          ['json', 'z'],
          ['or', 'o'],
        ].map(([name = '', value = '']) => ({ name, op: '=', value })),
      ),
    ],
    ['{a=~".*"}', logs([{ name: 'a', op: '=~', value: '.*' }])],
    ['{a=""}', logs([{ name: 'a', op: '=', value: '' }])],
    [
      '{service="api"} |= "a" != "b" |~ "c+" !~ `d\\d`',
      logs(
        [api],
        [
          { op: '|=', value: 'a' },
          { op: '!=', value: 'b' },
          { op: '|~', value: 'c+' },
          { op: '!~', value: 'd\\d' },
        ],
      ),
    ],
    [
      '{service="api"}|="a"!="b"',
      logs(
        [api],
        [
          { op: '|=', value: 'a' },
          { op: '!=', value: 'b' },
        ],
      ),
    ],
    ['({service="api"} |= "a")', logs([api], [{ op: '|=', value: 'a' }])],
    ['# all\n{service="api"} # of it\n  |= "#a" # end', logs([api], [{ op: '|=', value: '#a' }])],
    ['{\r\n\tservice="api"\n}', logs([api])],
  ])('%s', (query, expected) => {
    expect(parseQuery(query)).toEqual(expected);
  });

  it.each([
    ['"plain"', 'plain'],
    ['"tab\\t quote\\" backslash\\\\ newline\\n"', 'tab\t quote" backslash\\ newline\n'],
    ['"\\a\\b\\f\\v"', '\u0007\b\f\v'],
    ['"\\u00e9\\U0001F600\\xc3\\xa9\\303\\251"', 'é😀éé'],
    ['"é😀"', 'é😀'],
    ['""', ''],
    ['`raw \\n "quoted" # no comment`', 'raw \\n "quoted" # no comment'],
    ['`two\r\nlines`', 'two\nlines'],
  ])('reads the text %s', (literal, value) => {
    expect(parseQuery(`{} |= ${literal}`)).toEqual(logs([], [{ op: '|=', value }]));
  });
});

describe('metric queries', () => {
  const count = {
    kind: 'range-aggregation',
    operation: 'count_over_time',
    query: logs([api]),
    range: 5n * MINUTE,
  } as const;

  it.each<[string, unknown]>([
    ['count_over_time({service="api"}[5m])', count],
    ['count_over_time ( { service="api" } [ 5m ] )', count],
    ['(count_over_time(({service="api"}[5m])))', count],
    ['count_over_time(({service="api"})[5m])', count],
    ['rate({service="api"}[1h30m])', { ...count, operation: 'rate', range: 90n * MINUTE }],
    [
      'rate({service="api"} |= "x" [5m])',
      { ...count, operation: 'rate', query: logs([api], [{ op: '|=', value: 'x' }]) },
    ],
    [
      'rate({service="api"}[5m] |= "x")',
      { ...count, operation: 'rate', query: logs([api], [{ op: '|=', value: 'x' }]) },
    ],
    [
      'sum(count_over_time({service="api"}[5m]))',
      { kind: 'vector-aggregation', operation: 'sum', by: [], operand: count },
    ],
    [
      'sum by (a,b,a) (count_over_time({service="api"}[5m]))',
      { kind: 'vector-aggregation', operation: 'sum', by: ['a', 'b'], operand: count },
    ],
    [
      'sum(count_over_time({service="api"}[5m])) by (a, b)',
      { kind: 'vector-aggregation', operation: 'sum', by: ['a', 'b'], operand: count },
    ],
    [
      'sum by () ((count_over_time({service="api"}[5m])))',
      { kind: 'vector-aggregation', operation: 'sum', by: [], operand: count },
    ],
  ])('%s', (query, expected) => {
    expect(parseQuery(query)).toEqual(expected);
  });
});

describe('what is not LogQL is refused with its place', () => {
  it.each([
    ['', 0, 'expected a log query, which begins with "{", or a function such as rate, found the end of the query'],
    ['  # only a comment', 18, 'found the end of the query'],
    ['error', 0, 'expected a log query, which begins with "{", or a function such as rate, found "error"'],
    ['"error"', 0, 'found the text "error"'],
    ['{', 1, 'expected a label name made of letters, digits and "_", found the end of the query'],
    ['{service}', 8, 'expected "=", "!=", "=~" or "!~" after the label service, found "}"'],
    ['{service=}', 9, 'expected a text in double quotes or backticks, found "}"'],
    ['{service=api}', 9, 'expected a text in double quotes or backticks, found "api"'],
    ["{service='api'}", 9, 'texts stand in double quotes or backticks, not in single quotes'],
    ['{service=5}', 9, 'found "5"'],
    ['{service=="api"}', 8, 'found "=="'],
    ['{service="api"', 14, 'expected "}" or "," after a matcher, found the end of the query'],
    ['{service="api",}', 15, 'expected a label name'],
    ['{http.status="500"}', 5, '"." has no meaning here'],
    ['{"service"="api"}', 1, 'expected a label name'],
    ['{service="api}', 9, 'this text has no closing quote'],
    ['{service="a\npi"}', 9, 'this text has no closing quote'],
    ['{service=`api}', 9, 'this text has no closing backtick'],
    ['{service="\\d"}', 10, "this escape is not one of Go's"],
    ['{service="\\ud800"}', 10, "this escape is not one of Go's"],
    ['{service="\\U00110000"}', 10, "this escape is not one of Go's"],
    ['{service="\\xff"}', 9, 'the bytes of this text are not UTF-8'],
    ['{service=~"("}', 10, 'error parsing regexp: missing closing ): `(`'],
    ['{service=~"(?=a)"}', 10, 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['{} |~ "a**"', 6, 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['{} !~ "(a)\\\\1"', 6, 'error parsing regexp: invalid escape sequence: `\\1`'],
    ['{} |= error', 6, 'expected a text in double quotes or backticks after "|=", found "error"'],
    ['{} |=', 5, 'found the end of the query'],
    ['{} |', 4, 'expected a stage such as json, or a label filter, after "|", found the end of the query'],
    ['{} | nonsense', 5, 'found "nonsense"'],
    ['{} | = "a"', 5, 'found "="'],
    ['{} "a"', 3, 'expected a line filter such as |= "text", or the end of the query, found the text "a"'],
    ['{} {}', 3, 'found "{"'],
    ['{}[5m]', 2, 'expected a line filter'],
    ['({}', 3, 'expected ")" to close the parentheses'],
    ['{})', 2, 'expected a line filter'],
    ['({}) |= "a"', 5, 'found "|="'],
    ['{} $', 3, '"$" has no meaning here'],
    ['{} 😀', 3, '"😀" has no meaning here'],
    ['{}\u00a0', 2, 'has no meaning here'],
    ['rate', 4, 'expected "(" after rate'],
    ['rate({})', 7, 'expected a range such as [5m], found ")"'],
    ['rate({} |= "a")', 14, 'expected a range such as [5m], found ")"'],
    ['rate({}[5m]', 11, 'expected ")" to close the parentheses'],
    ['rate({}[5])', 8, 'expected a duration such as 5m, found "5"'],
    ['rate({}[5x])', 8, '"5x" is neither a number nor a duration'],
    ['rate({}[])', 8, 'expected a duration such as 5m'],
    ['rate({}[0s])', 8, 'a range must be longer than nothing'],
    ['rate({}[5m][5m])', 11, 'expected ")"'],
    ['rate(rate({}[5m]))', 5, 'expected a log query, which begins with "{", found "rate"'],
    ['rate({}[5m]) by (a)', 13, 'rate cannot be grouped'],
    ['rate by (a) ({}[5m])', 5, 'expected "(" after rate'],
    ['sum({})', 4, 'sum needs numbers, such as rate({…}[5m]), found a log query'],
    ['sum', 3, 'expected "(" after sum'],
    ['sum by (a,) (rate({}[5m]))', 10, 'expected a label name'],
    ['sum by (a b) (rate({}[5m]))', 10, 'expected ","'],
    ['sum by ("a") (rate({}[5m]))', 8, 'expected a label name'],
    ['sum by (a) (rate({}[5m])) by (a)', 26, 'the grouping stands there twice'],
    ['RATE({}[5m])', 0, 'found "RATE"'],
  ])('%s', (query, position, problem) => {
    const [code, place, detail] = refusal(query);
    expect([code, place]).toEqual(['invalid-query', position]);
    expect(detail).toContain(problem);
    expect(detail).toContain(`At position ${position}: `);
  });
});

describe('LogQL that cannot be run yet says so', () => {
  it.each([
    ['{} | json', 5, 'the stage "json" is not supported yet'],
    ['{} |= "a" | logfmt | level="error"', 12, 'the stage "logfmt"'],
    ['{} | line_format "{{.a}}"', 5, 'the stage "line_format"'],
    ['{} | status >= 500', 3, 'label filters are'],
    ['{} | level="error"', 3, 'label filters are'],
    ['{} | (a="b" or c="d")', 3, 'label filters are'],
    ['{} |> "<_> error"', 3, 'the pattern filter "|>" is'],
    ['{} !> "<_> error"', 3, 'the pattern filter "!>" is'],
    ['{} |= "a" or "b"', 10, '"or" between the texts of a line filter is'],
    ['{} |= ip("10.0.0.0/8")', 6, 'ip() in a line filter is'],
    ['rate({} | json | unwrap ms [5m])', 10, 'the stage "json"'],
    ['bytes_rate({}[5m])', 0, 'bytes_rate is'],
    ['quantile_over_time(0.9, {} | unwrap ms [5m])', 0, 'quantile_over_time is'],
    ['topk(5, rate({}[5m]))', 0, 'topk is'],
    ['avg by (a) (rate({}[5m]))', 0, 'avg is'],
    ['sum without (a) (rate({}[5m]))', 4, '"without" is'],
    ['sum(rate({}[5m])) without (a)', 18, '"without" is'],
    ['sum(sum(rate({}[5m])))', 4, 'an aggregation of an aggregation is'],
    ['rate({}[5m] offset 1h)', 12, '"offset" is'],
    ['rate({}[5m]) / rate({}[5m])', 13, 'the operator "/" between metric queries is'],
    ['rate({}[5m]) > 5', 13, 'the operator ">"'],
    ['rate({}[5m]) or rate({}[5m])', 13, 'the operator "or"'],
    ['sum(rate({}[5m]) * 2)', 17, 'the operator "*"'],
    ['1 + 1', 0, 'arithmetic with numbers is'],
  ])('%s', (query, position, problem) => {
    const [code, place, detail] = refusal(query);
    expect([code, place]).toEqual(['query-not-runnable', position]);
    expect(detail).toContain(problem);
  });

  it.each([
    ['matchers', `{${Array.from({ length: 101 }, (_, i) => `l${i}="x"`).join(',')}}`],
    ['line filters', `{} ${'|="x"'.repeat(101)}`],
  ])('more than a hundred %s', (what, query) => {
    expect(refusal(query)).toMatchObject(['query-not-runnable', expect.any(Number), expect.stringContaining(what)]);
  });
});

const anyText = fc
  .oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\u0000', '"', '\\', '`', '\u2028', '\u007f', '#'))
  .map((text) => text.toWellFormed());
const anyPattern = fc.oneof(
  fc.constantFrom('', '.*', '(?i)a+', 'a|b', '[^x]{2,3}', '\\d+\\.', '\\bx$', '"'),
  fc.stringMatching(/^[a-z "\n]{0,8}$/),
);
const anyName = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/),
  fc.constantFrom('by', 'sum', 'rate', 'or', 'json', 'offset'),
);
const anyMatcher: fc.Arbitrary<LabelMatcher> = fc.oneof(
  fc.record({ name: anyName, op: fc.constantFrom('=', '!='), value: anyText }),
  fc.record({ name: anyName, op: fc.constantFrom('=~', '!~'), value: anyPattern }),
);
const anyFilter: fc.Arbitrary<LineFilter> = fc.oneof(
  fc.record({ op: fc.constantFrom('|=', '!='), value: anyText }),
  fc.record({ op: fc.constantFrom('|~', '!~'), value: anyPattern }),
);
const anyLogQuery = fc.record({
  kind: fc.constant('log-query' as const),
  matchers: fc.array(anyMatcher, { maxLength: 4 }),
  lineFilters: fc.array(anyFilter, { maxLength: 4 }),
});
const anyRangeAggregation = fc.record({
  kind: fc.constant('range-aggregation' as const),
  operation: fc.constantFrom('count_over_time', 'rate'),
  query: anyLogQuery,
  range: fc.bigInt({ min: 1n, max: 2n ** 62n }),
});
const anyQuery: fc.Arbitrary<Query> = fc.oneof(
  anyLogQuery,
  anyRangeAggregation,
  fc.record({
    kind: fc.constant('vector-aggregation' as const),
    operation: fc.constant('sum' as const),
    by: fc.uniqueArray(anyName, { maxLength: 4 }),
    operand: anyRangeAggregation,
  }),
);

describe('properties', () => {
  it('what was printed parses to the same tree', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(parseQuery(printQuery(query))).toEqual(query);
      }),
      { numRuns: 1000 },
    );
  });

  it('any text parses or is refused within itself', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '(',
        ')',
        '[5m]',
        '|=',
        '!=',
        '|~',
        '=~',
        '=',
        ',',
        '"a"',
        '`a`',
        'sum',
        'by',
        'rate',
        'json',
        '|',
        ' ',
        '#',
        '\n',
        '5',
        '"',
        '\\',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        ),
        (query) => {
          try {
            const parsed = parseQuery(query);
            expect(parseQuery(printQuery(parsed))).toEqual(parsed);
          } catch (error) {
            expect(error).toBeInstanceOf(AegisError);
            const { status, members, detail } = error as AegisError;
            expect([400, 422]).toContain(status);
            expect(members.position).toBeGreaterThanOrEqual(0);
            expect(members.position).toBeLessThanOrEqual(query.length);
            expect(detail?.length).toBeLessThan(300);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('hostile queries', () => {
  const nearlyTooLong = QUERY_LENGTH_MAX - 10;
  it.each([
    ['too long', 'x'.repeat(200_000)],
    ['too long with a selector', `{}${' '.repeat(200_000)}`],
    ['parentheses', '('.repeat(nearlyTooLong)],
    ['nested sums', 'sum('.repeat(nearlyTooLong / 4)],
    ['nested rates', `rate(${'('.repeat(nearlyTooLong - 5)}`],
    ['an unclosed text', `{a="${'x'.repeat(nearlyTooLong)}`],
    ['a text of escapes', `{a="${'\\\\'.repeat(nearlyTooLong / 2)}`],
    ['comments', '#\n'.repeat(nearlyTooLong / 2)],
    ['a long number', '9'.repeat(nearlyTooLong)],
    ['a long name', 'a'.repeat(nearlyTooLong)],
    ['a regex of parentheses', `{a=~"${'('.repeat(9000)}a${')'.repeat(900)}"}`],
    ['a regex of repetitions', `{a=~"${'a{1000}'.repeat(2800)}"}`],
    ['a regex of nested repetitions', '{a=~"((((((a{9}){9}){9}){9}){9}){9}){9}"}'],
    ['a regex of a repeated group', `{a=~"(${'ab'.repeat(4000)}){1000}"}`],
    ['a regex of classes', `{a=~"${'[^a]{1000}'.repeat(900)}"}`],
    ['a long regex', `{a=~"${'a'.repeat(nearlyTooLong - 10)}"}`],
  ])('%s are refused at once', (_, query) => {
    const start = performance.now();
    expect(refusal(query)[0]).toMatch(/^(invalid-query|query-not-runnable)$/);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('a large regex that can be run is accepted', () => {
    const services = Array.from({ length: 500 }, (_, i) => `service-${i}`).join('|');
    expect(parseQuery(`{service=~"${services}"}`).kind).toBe('log-query');
    expect(parseQuery('{} |~ `^\\d{1,3}(\\.\\d{1,3}){3} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`').kind).toBe(
      'log-query',
    );
  });
});
