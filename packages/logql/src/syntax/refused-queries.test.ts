import { AegisError } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { parseLogQuery, parseQuery, parseStreamSelector } from './parse-query.ts';

/** Code, position and sentence of a refusal. */
function refusalBy(parse: () => unknown): readonly [code: string, position: unknown, detail: string] {
  try {
    parse();
  } catch (error) {
    if (error instanceof AegisError) {
      return [error.code, error.members.position, error.detail ?? ''];
    }
    throw error;
  }
  throw new Error('was not refused');
}

function expectRefused(
  query: string,
  position: number,
  problem: string,
  parse = parseQuery as (query: string) => unknown,
) {
  const [code, place, detail] = refusalBy(() => parse(query));
  expect([code, place, detail]).toEqual(['invalid-query', position, expect.stringContaining(problem)]);
  expect(detail).toContain(`At position ${position}: `);
}

describe('words in wrong places', () => {
  it.each([
    [
      '',
      0,
      'syntax error: unexpected end of the query, expected a log query, which begins with "{", a function such as rate, or a number',
    ],
    ['  # only a comment', 18, 'unexpected end of the query'],
    ['error', 0, 'unexpected IDENTIFIER "error", expected a log query'],
    ['"error"', 0, 'unexpected STRING "error"'],
    ['5m', 0, 'unexpected DURATION "5m"'],
    ['5KB', 0, 'unexpected BYTES "5KB"'],
    ['{', 1, 'unexpected end of the query, expected a label name made of letters, digits and "_"'],
    ['}', 0, 'unexpected }'],
    ['{service}', 8, 'unexpected }, expected "=", "!=", "=~" or "!~" after the label service'],
    ['{service=}', 9, 'unexpected }, expected a text in double quotes or backticks after "="'],
    ['{service=api}', 9, 'unexpected IDENTIFIER "api", expected a text in double quotes'],
    ["{service='api'}", 9, 'texts stand in double quotes or backticks, not in single quotes'],
    ['{service=5}', 9, 'unexpected NUMBER "5"'],
    ['{service=="api"}', 8, 'unexpected =='],
    ['{service>"api"}', 8, 'unexpected >'],
    ['{service="api"', 14, 'unexpected end of the query, expected "}" or "," after a matcher'],
    ['{service="api",}', 15, 'unexpected }, expected a label name'],
    ['{,service="api"}', 1, 'unexpected ,'],
    ['{service="api" level="x"}', 15, 'unexpected IDENTIFIER "level"'],
    ['{service="api" or level="x"}', 15, 'unexpected or'],
    ['{http.status="500"}', 5, '"." has no meaning here'],
    ['{"service"="api"}', 1, 'expected a label name'],
    ['{service=ip("10.0.0.1")}', 9, 'unexpected IDENTIFIER "ip"'],
    ['service{a="b"}', 0, 'unexpected IDENTIFIER "service"'],
    [
      '{} |= error',
      6,
      'unexpected IDENTIFIER "error", expected a text in double quotes or backticks or ip("…") after "|="',
    ],
    ['{} |= 5', 6, 'unexpected NUMBER "5"'],
    ['{} |=', 5, 'unexpected end of the query'],
    ['{} |= "a" or', 12, 'unexpected end of the query'],
    ['{} |= "a" or c="d"', 13, 'unexpected IDENTIFIER "c"'],
    ['{} |= "a" and "b"', 10, 'unexpected type for left leg of binary operation (and): a log query'],
    ['{} |= "a", "b"', 9, 'unexpected ,'],
    ['{} or "a"', 3, 'unexpected type for left leg of binary operation (or): a log query'],
    ['{} == "a"', 3, 'unexpected type for left leg of binary operation (==): a log query'],
    ['{} |= ip', 6, 'unexpected IDENTIFIER "ip"'],
    ['{} |= ip()', 9, 'expected a text in double quotes or backticks with an address or a range of them'],
    ['{} |= ip("10.0.0.1"', 19, 'expected ")" to close the parentheses'],
    ['{} =~ "a"', 3, 'unexpected =~'],
    ['{} |', 4, 'expected a stage such as json, or a label filter such as status>=400, after "|"'],
    ['{} | nonsense', 5, 'unexpected IDENTIFIER "nonsense"'],
    ['{} | = "a"', 5, 'unexpected ='],
    ['{} | "a"', 5, 'unexpected STRING "a"'],
    ['{} | | json', 5, 'unexpected |'],
    ['{} | json | ', 12, 'unexpected end of the query'],
    ['{} json', 3, 'unexpected json'],
    ['{} | JSON', 5, 'unexpected IDENTIFIER "JSON"'],
    ['{} | json "a"', 10, 'unexpected STRING "a"'],
    ['{} | json a=', 12, 'expected a text in double quotes or backticks with the place of a'],
    ['{} | json a=b', 12, 'unexpected IDENTIFIER "b"'],
    ['{} | json a,', 12, 'expected a label name'],
    ['{} | json --strict', 10, 'unexpected --strict'],
    ['{} | logfmt --lax', 12, 'unexpected --lax, expected --strict or --keep-empty'],
    ['{} | logfmt -strict', 12, 'left leg of binary operation (-): a log query'],
    ['{} | logfmt a --strict', 14, 'unexpected --strict'],
    ['{} | regexp', 11, 'expected a text in double quotes or backticks after regexp'],
    ['{} | regexp a', 12, 'unexpected IDENTIFIER "a"'],
    ['{} | pattern', 12, 'expected a text in double quotes or backticks after pattern'],
    ['{} | unpack "a"', 12, 'unexpected STRING "a"'],
    ['{} | line_format', 16, 'expected a text in double quotes or backticks after line_format'],
    ['{} | line_format a', 17, 'unexpected IDENTIFIER "a"'],
    ['{} | label_format', 17, 'expected a label name'],
    ['{} | label_format a', 19, 'expected "=" after the label a'],
    ['{} | label_format a=5', 20, 'unexpected NUMBER "5", expected a label or a text in quotes after "="'],
    ['{} | label_format a=b,', 22, 'expected a label name'],
    ['{} | label_format a=b c=d', 22, 'unexpected IDENTIFIER "c"'],
    ['{} | label_format "a"=b', 18, 'expected a label name'],
    ['{} | decolorize a', 16, 'unexpected IDENTIFIER "a"'],
    ['{} | drop', 9, 'expected a label name'],
    ['{} | drop "a"', 10, 'expected a label name'],
    ['{} | drop a b', 12, 'unexpected IDENTIFIER "b"'],
    ['{} | drop a>5', 11, 'left leg of binary operation (>): a log query'],
    ['{} | keep a,', 12, 'expected a label name'],
    ['{} | keep a=', 12, 'expected a text in double quotes or backticks after "="'],
    ['{} | a', 5, 'unexpected IDENTIFIER "a"'],
    ['{} | a=', 7, 'expected a text in quotes, a number, a duration or a size after "="'],
    ['{} | a="b" and', 14, 'expected a label filter such as status>=400'],
    ['{} | a="b" or |', 14, 'unexpected |'],
    ['{} | a="b",', 11, 'expected a label filter'],
    ['{} | a>"5"', 7, 'unexpected STRING "5", expected a number, a duration or a size after ">"'],
    ['{} | a=="b"', 8, 'unexpected STRING "b", expected a number'],
    ['{} | a=~5', 8, 'unexpected NUMBER "5", expected a text'],
    ['{} | a=b', 7, 'unexpected IDENTIFIER "b"'],
    ['{} | a>-5KB', 8, 'unexpected BYTES "5KB"'],
    ['{} | a>--5', 8, 'unexpected -'],
    ['{} | a>=ip("10.0.0.1")', 8, 'unexpected IDENTIFIER "ip"'],
    ['{} | a==ip("10.0.0.1")', 8, 'unexpected IDENTIFIER "ip"'],
    ['{} | a=~ip("10.0.0.1")', 8, 'unexpected IDENTIFIER "ip"'],
    ['{} | (a="b"', 11, 'expected ")" to close the parentheses'],
    ['{} | ()', 6, 'expected a label filter such as status>=400'],
    ['{} | a="b" unless c="d"', 11, 'left leg of binary operation (unless): a log query'],
    ['{} | not a="b"', 5, 'unexpected IDENTIFIER "not"'],
    ['{} "a"', 3, 'expected a line filter such as |= "text", a stage such as | json, or the end of the query'],
    ['{} {}', 3, 'unexpected {'],
    ['{}[5m]', 2, 'unexpected [, expected a line filter'],
    ['({}', 3, 'expected ")" to close the parentheses'],
    ['{})', 2, 'unexpected )'],
    ['({}) |= "a"', 5, 'unexpected |='],
    ['{} $', 3, '"$" has no meaning here'],
    ['{} @ 5', 3, '"@" has no meaning here'],
    ['{} 😀', 3, '"😀" has no meaning here'],
    ['{}\u00a0', 2, 'has no meaning here'],
    ['{} | unwrap a', 5, 'unexpected unwrap; it stands inside a range aggregation only'],
    ['rate', 4, 'expected "(" after rate'],
    ['rate()', 5, 'expected a log query, which begins with "{"'],
    ['rate({})', 7, 'unexpected ), expected a range such as [5m]'],
    ['rate({} |= "a")', 14, 'unexpected ), expected a range such as [5m]'],
    ['rate({}[5m]', 11, 'expected ")" to close the parentheses'],
    ['rate({}[5])', 8, 'unexpected NUMBER "5", expected a duration such as 5m'],
    ['rate({}[5KB])', 8, 'unexpected BYTES "5KB"'],
    ['rate({}[-5m])', 8, 'unexpected -'],
    ['rate({}[])', 8, 'expected a duration such as 5m'],
    ['rate({}[5m)', 10, 'expected "]" after the range'],
    ['rate({}[5m:1m])', 10, '":" has no meaning here'],
    ['rate({}[5m][5m])', 11, 'expected ")"'],
    ['rate({}[5m] | json [5m])', 19, 'expected ")"'],
    ['rate(rate({}[5m]))', 5, 'unexpected IDENTIFIER "rate", expected a log query, which begins with "{"'],
    ['rate({}[5m], 5)', 11, 'unexpected ,'],
    ['rate({}[5m]) offset 1h', 13, 'unexpected offset'],
    ['rate({} offset 1h [5m])', 8, 'unexpected offset'],
    ['rate({}[5m] offset)', 18, 'expected a duration such as 5m'],
    ['rate({}[5m] offset 5)', 19, 'unexpected NUMBER "5"'],
    ['rate({}[5m] @ 5)', 12, '"@" has no meaning here'],
    ['rate by (a) ({}[5m])', 5, 'unexpected by, expected "(" after rate'],
    ['sum_over_time({} | unwrap [5m])', 26, 'expected a label name, or a conversion such as bytes(…), after unwrap'],
    ['sum_over_time({} | unwrap "a" [5m])', 26, 'unexpected STRING "a"'],
    ['sum_over_time({} | unwrap seconds(a) [5m])', 33, 'unexpected ('],
    ['sum_over_time({} | unwrap bytes(a [5m])', 34, 'expected ")"'],
    ['sum_over_time({} | unwrap bytes() [5m])', 32, 'expected a label name'],
    [
      'sum_over_time({} | unwrap a | json [5m])',
      30,
      'unexpected json, expected a label filter such as __error__="", which alone may stand after unwrap',
    ],
    ['sum_over_time({} | unwrap a | unwrap b [5m])', 30, 'unexpected unwrap'],
    ['sum_over_time({} | unwrap a |= "b" [5m])', 28, 'unexpected |='],
    ['quantile_over_time(0.9 {} | unwrap a [5m])', 23, 'expected "," after the parameter'],
    ['quantile_over_time({} | unwrap a [5m], 0.9)', 37, 'unexpected ,'],
    ['sum', 3, 'expected "(" after sum'],
    ['sum()', 4, 'expected a log query'],
    ['sum by', 6, 'expected "(" after by'],
    ['sum by a (vector(1))', 7, 'unexpected IDENTIFIER "a"'],
    ['sum by (a,) (vector(1))', 10, 'unexpected ), expected a label name'],
    ['sum by (a b) (vector(1))', 10, 'unexpected IDENTIFIER "b", expected "," or ")" after a label name'],
    ['sum by ("a") (vector(1))', 8, 'unexpected STRING "a", expected a label name'],
    ['sum by (a) (vector(1)) by (a)', 23, 'the grouping stands there twice'],
    ['sum(vector(1), vector(2))', 13, 'unexpected ,'],
    ['topk(vector(1), 5)', 14, 'unexpected ,'],
    ['topk(rate({}[5m]), rate({}[5m]))', 17, 'unexpected ,'],
    ['RATE({}[5m])', 0, 'unexpected IDENTIFIER "RATE"'],
    ['count_values("a", vector(1))', 0, 'unexpected IDENTIFIER "count_values"'],
    ['quantile(0.9, vector(1))', 0, 'unexpected IDENTIFIER "quantile"'],
    ['increase({}[5m])', 0, 'unexpected IDENTIFIER "increase"'],
    ['vector()', 7, 'unexpected ), expected a number'],
    ['vector(rate({}[5m]))', 7, 'unexpected IDENTIFIER "rate"'],
    ['vector("1")', 7, 'unexpected STRING "1"'],
    ['vector(1 + 1)', 9, 'expected ")"'],
    ['label_replace(vector(1), "a", "b", "c")', 38, 'expected "," before a regular expression'],
    [
      'label_replace(vector(1), a, "b", "c", "d")',
      25,
      'expected a text in double quotes or backticks with the label to write',
    ],
    ['label_replace("a", vector(1), "b", "c", "d")', 14, 'unexpected STRING "a"'],
    ['1 +', 3, 'unexpected end of the query'],
    ['+ +1', 2, 'unexpected +'],
    ['* 2', 0, 'unexpected *'],
    ['-rate({}[5m])', 1, 'unexpected IDENTIFIER "rate", expected a number after the sign'],
    ['-(1)', 1, 'unexpected ('],
    ['1 2', 2, 'unexpected NUMBER "2", expected the end of the query'],
    ['1 = 2', 2, 'unexpected ='],
    ['1 =~ 2', 2, 'unexpected =~'],
    ['vector(1) + on a vector(2)', 15, 'expected "(" after on'],
    ['vector(1) + group_left vector(2)', 12, 'unexpected group_left'],
    ['vector(1) + on(a) bool vector(2)', 18, 'unexpected bool'],
    ['vector(1) xor vector(2)', 10, 'unexpected IDENTIFIER "xor"'],
    ['vector(1) AND vector(2)', 10, 'unexpected IDENTIFIER "AND"'],
    ['()', 1, 'unexpected )'],
    ['(1', 2, 'expected ")" to close the parentheses'],
    ['1)', 1, 'unexpected )'],
  ])('%s', expectRefused);
});

describe('texts, numbers and expressions that are none', () => {
  it.each([
    ['{service="api}', 9, 'this text has no closing quote'],
    ['{service="a\npi"}', 9, 'this text has no closing quote'],
    ['{service=`api}', 9, 'this text has no closing backtick'],
    ['{service="\\d"}', 10, "this escape is not one of Go's"],
    ['{service="\\\'"}', 10, "this escape is not one of Go's"],
    ['{service="\\ud800"}', 10, "this escape is not one of Go's"],
    ['{service="\\U00110000"}', 10, "this escape is not one of Go's"],
    ['{service="\\xff"}', 9, 'the bytes of this text are not UTF-8'],
    ['rate({}[5x])', 8, '"5x" is neither a number nor a duration such as 5m or 1h30m, nor a size such as 20KB'],
    ['{} | a>5iB', 7, '"5iB" is neither a number'],
    ['{} | a>5XB', 7, '"5XB" is neither a number'],
    ['0x10', 0, '"0x10" is neither a number'],
    ['1_000', 0, '"1_000" is neither a number'],
    ['1.2.3', 0, '"1.2.3" is neither a number'],
    ['1em', 0, '"1em" is neither a number'],
    ['1e999', 0, 'unable to parse literal as a float: value out of range'],
    ['{} | a>1e999', 7, 'value out of range'],
    ['rate({}[0s])', 8, 'a range must be longer than nothing'],
    ['rate({}[300y])', 8, 'duration out of range'],
    ['rate({}[5m] offset 300y)', 19, 'duration out of range'],
    ['{service=~"("}', 10, 'error parsing regexp: missing closing ): `(`'],
    ['{service=~"(?=a)"}', 10, 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['{service!~"[a"}', 10, 'error parsing regexp: missing closing ]: `[a`'],
    ['{} |~ "a**"', 6, 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['{} !~ "(a)\\\\1"', 6, 'error parsing regexp: invalid escape sequence: `\\1`'],
    ['{} |~ "a" or "("', 13, 'error parsing regexp'],
    ['{} | a=~"("', 8, 'error parsing regexp'],
    ['{} | drop a=~"("', 13, 'error parsing regexp'],
    ['{} | regexp "("', 12, 'error parsing regexp: missing closing ): `(`'],
    ['{} | regexp "a+"', 12, 'at least one named capture must be supplied'],
    ['{} | regexp "(a+)"', 12, 'at least one named capture must be supplied'],
    ['{} | regexp "(?P<1a>b)"', 12, "invalid extracted label name '1a'"],
    ['{} | regexp "(?P<a>b)(?P<a>c)"', 12, 'error parsing regexp: duplicate'],
    ['{} | pattern ""', 13, 'at least one capture is required'],
    ['{} | pattern "a"', 13, 'at least one capture is required'],
    ['{} | pattern "<_> a"', 13, 'at least one capture is required'],
    ['{} | pattern "<a><b>"', 13, 'found consecutive capture'],
    ['{} | pattern "<a> <_><b>"', 13, 'found consecutive capture'],
    ['{} | pattern "<a> <a>"', 13, 'duplicate capture name (a): invalid expression'],
    ['{} |> "<a>"', 6, 'named captures are not allowed'],
    ['{} !> "<_> <a>"', 6, 'named captures are not allowed'],
    ['{} |> "<_>" or "<a>"', 15, 'named captures are not allowed'],
    ['{} |> "<_><_>"', 6, 'found consecutive capture'],
    ['{} |= ip("notanip")', 9, 'ip: invalid pattern: "notanip"'],
    ['{} |= ip("")', 9, 'ip: invalid pattern'],
    ['{} |= ip("10.0.0.0/33")', 9, 'ip: invalid pattern'],
    ['{} |= ip("10.0.0.256")', 9, 'ip: invalid pattern'],
    ['{} |= "a" or ip("10.0.0.1-::1")', 16, 'ip: invalid pattern'],
    ['{} | a=ip("x")', 10, 'ip: invalid pattern'],
    ['{} |~ ip("10.0.0.1")', 6, 'ip: invalid operation'],
    ['{} !~ "a" or ip("10.0.0.1")', 13, 'ip: invalid operation'],
    ['{} |> ip("10.0.0.1")', 6, 'ip: invalid operation'],
    ['{} | json a="b["', 12, 'cannot parse expression [b[]'],
    ['{} | json a=""', 12, 'cannot parse expression'],
    ['{} | json a=".b"', 12, 'cannot parse expression'],
    ['{} | json a="b..c"', 12, 'cannot parse expression'],
    ['{} | json a="b[x]"', 12, 'cannot parse expression'],
    ['{} | logfmt a=""', 14, 'cannot parse expression'],
    ['{} | logfmt a="b c"', 14, 'cannot parse expression'],
    ['{} | label_format a=b,a="c"', 22, "multiple label name 'a' not allowed in a single format operation"],
    ['{} | label_format __error__=a', 18, '__error__ cannot be formatted'],
    ['{} | line_format "{{.a"', 17, 'invalid line template: template: line:1: unclosed action'],
    [
      '{} | line_format "{{ nosuch .a }}"',
      17,
      'invalid line template: template: line:1: function "nosuch" not defined',
    ],
    ['{} | label_format a="{{.b", c=d', 20, "invalid template for label 'a': template: label:1: unclosed action"],
    ['label_replace(vector(1), "a", "b", "c", "(")', 40, 'invalid regex in label_replace: error parsing regexp'],
  ])('%s', expectRefused);
});

describe('parts that do not belong together', () => {
  it.each([
    ['count_over_time({} | unwrap a [5m])', 0, 'invalid aggregation count_over_time with unwrap'],
    ['bytes_over_time({} | unwrap a [5m])', 0, 'invalid aggregation bytes_over_time with unwrap'],
    ['bytes_rate({} | unwrap a [5m])', 0, 'invalid aggregation bytes_rate with unwrap'],
    ['sum_over_time({}[5m])', 0, 'invalid aggregation sum_over_time without unwrap'],
    ['avg_over_time({}[5m])', 0, 'invalid aggregation avg_over_time without unwrap'],
    ['rate_counter({}[5m])', 0, 'invalid aggregation rate_counter without unwrap'],
    ['quantile_over_time(0.9, {}[5m])', 0, 'invalid aggregation quantile_over_time without unwrap'],
    ['first_over_time({}[5m])', 0, 'invalid aggregation first_over_time without unwrap'],
    ['rate({}[5m]) by (a)', 0, 'grouping not allowed for rate aggregation'],
    ['rate({} | unwrap a [5m]) by (a)', 0, 'grouping not allowed for rate aggregation'],
    ['count_over_time({}[5m]) by (a)', 0, 'grouping not allowed for count_over_time aggregation'],
    ['count_over_time({}[5m]) without (a)', 0, 'grouping not allowed for count_over_time aggregation'],
    ['bytes_rate({}[5m]) by (a)', 0, 'grouping not allowed for bytes_rate aggregation'],
    ['absent_over_time({}[5m]) by (a)', 0, 'grouping not allowed for absent_over_time aggregation'],
    ['sum_over_time({} | unwrap a [5m]) by (a)', 0, 'grouping not allowed for sum_over_time aggregation'],
    ['rate_counter({} | unwrap a [5m]) by (a)', 0, 'grouping not allowed for rate_counter aggregation'],
    ['quantile_over_time({} | unwrap a [5m])', 0, 'parameter required for operation quantile_over_time'],
    ['rate(5, {}[5m])', 0, 'parameter 5 not supported for operation rate'],
    ['max_over_time(1, {} | unwrap a [5m])', 0, 'parameter 1 not supported for operation max_over_time'],
    ['topk(rate({}[5m]))', 0, 'parameter required for operation topk'],
    ['bottomk by (a) (rate({}[5m]))', 0, 'parameter required for operation bottomk'],
    ['approx_topk(rate({}[5m]))', 0, 'parameter required for operation approx_topk'],
    ['topk(0, rate({}[5m]))', 0, 'invalid parameter (must be greater than 0) topk(0,'],
    ['topk(-1, rate({}[5m]))', 0, 'invalid parameter (must be greater than 0) topk(-1,'],
    ['topk(1.5, rate({}[5m]))', 0, 'invalid parameter topk(1.5,'],
    ['topk(Inf, rate({}[5m]))', 0, 'invalid parameter topk(Infinity,'],
    ['sum(5, rate({}[5m]))', 0, 'unsupported parameter for operation sum(5,'],
    ['1 + sort(1, rate({}[5m]))', 4, 'unsupported parameter for operation sort(1,'],
    ['approx_topk(5, rate({}[5m])) by (a)', 0, 'grouping not allowed for approx_topk aggregation'],
    ['sort(rate({}[5m])) by (a)', 0, 'grouping not allowed for sort aggregation'],
    ['sum({})', 4, 'unexpected type for sum: a log query, where numbers are needed, such as rate({…}[5m])'],
    ['topk(5, {} |= "a")', 8, 'unexpected type for topk: a log query'],
    ['sum(1)', 4, 'unexpected expr type: sum needs series'],
    ['sum(1 + 1)', 4, 'unexpected expr type: sum needs series'],
    ['label_replace(1, "a", "b", "c", "d")', 14, 'unexpected expr type: label_replace needs series'],
    ['label_replace({}, "a", "b", "c", "d")', 14, 'unexpected type for label_replace: a log query'],
    ['{} + 1', 3, 'unexpected type for left leg of binary operation (+): a log query'],
    ['({} |= "a") or {}', 12, 'unexpected type for left leg of binary operation (or): a log query'],
    ['rate({}[5m]) / {}', 15, 'unexpected type for right leg of binary operation (/): a log query'],
    ['1 > {a="b"}', 4, 'unexpected type for right leg of binary operation (>)'],
    ['1 or vector(1)', 2, 'unexpected literal for left leg of logical/set binary operation (or): 1.000000'],
    ['vector(1) and 1', 10, 'unexpected literal for right leg of logical/set binary operation (and): 1.000000'],
    ['vector(1) unless (1 + 1)', 10, 'unexpected literal for right leg of logical/set binary operation (unless)'],
    ['{} | unwrap a | json', 5, 'unexpected unwrap'],
  ])('%s', expectRefused);
});

describe('selectors that any stream satisfies', () => {
  const problem =
    'queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will';
  const strict = { allowsAnyStream: false };

  it.each([
    ['{}', 0],
    ['{a=""}', 0],
    ['{a!="b"}', 0],
    ['{a=~".*"}', 0],
    ['{a=~"b|"}', 0],
    ['{a!~"b"}', 0],
    ['{a!~".+"}', 0],
    ['{a!="b", c=~".*"} |= "x"', 0],
    ['sum(rate({a="b"}[5m])) / sum(rate({}[5m]))', 34],
  ])('%s is refused where they are not allowed', (query, position) => {
    expectRefused(query, position, problem, () => parseQuery(query, strict));
    expect(parseQuery(query)).toBeDefined();
  });

  it.each(['{a="b"}', '{a=~".+"}', '{a!=""}', '{a!~".*"}', '{a="", b=~"c|d"}', '{a!~"|b"}', 'vector(1)', '1'])(
    '%s is none',
    (query) => {
      expect(parseQuery(query, strict)).toEqual(parseQuery(query));
    },
  );
});

describe('what is not asked for', () => {
  it.each([
    ['rate({}[5m])', 0, 'only log selector is supported'],
    ['1', 0, 'only log selector is supported'],
    ['{', 1, 'expected a label name'],
  ])('%s is no log query', (query, position, problem) => {
    expectRefused(query, position, problem, parseLogQuery);
  });

  it.each([
    ['{a="b"} |= "c"', 8, 'expected only label matchers, then the end of the query'],
    ['rate({}[5m])', 0, 'expected "{" to begin a selector'],
    ['a', 0, 'expected "{" to begin a selector'],
    ['{a="b"}{c="d"}', 7, 'unexpected {'],
  ])('%s is no selector', (query, position, problem) => {
    expectRefused(query, position, problem, parseStreamSelector);
  });

  it('a selector alone is read', () => {
    expect(parseStreamSelector('{a="b", c!~"d"} # e')).toEqual([
      { name: 'a', op: '=', value: 'b' },
      { name: 'c', op: '!~', value: 'd' },
    ]);
    expect(parseStreamSelector('{}')).toEqual([]);
    expectRefused('{}', 0, 'queries require at least one', (query) =>
      parseStreamSelector(query, { allowsAnyStream: false }),
    );
  });
});

describe('too many parts', () => {
  const many = (part: string, between = ''): string => Array.from({ length: 102 }, () => part).join(between);

  it.each([
    ['matchers', `{${many('a="x"', ',')}}`],
    ['stages', `{} ${many('|="x"')}`],
    ['stages', `{} ${many('|json')}`],
    ['texts of a line filter', `{} |= ${many('"x"', ' or ')}`],
    ['label filters in one stage', `{} | ${many('a=1', ' or ')}`],
    ['label filters in one stage', `{} | ${many('a=1', ',')}`],
    ['label filters after unwrap', `rate({} | unwrap a ${many('| a=1')} [5m])`],
    ['labels', `{} | json ${many('a', ',')}`],
    ['labels', `{} | drop ${many('a', ',')}`],
    ['labels', `sum by (${many('a', ',')}) (vector(1))`],
    ['operators', many('1', '+')],
    ['operators', many('1', '^')],
  ])('%s', (what, query) => {
    expect(refusalBy(() => parseQuery(query))).toEqual([
      'invalid-query',
      expect.any(Number),
      expect.stringContaining(`at most 100 ${what}`),
    ]);
  });
});
