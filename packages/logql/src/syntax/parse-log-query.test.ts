import type { LabelMatcher } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import type { LabelFilter } from './ast/label-filter.ts';
import type { Stage } from './ast/stage.ts';
import { parseLogQuery } from './parse-query.ts';
import { printQuery } from './print/print-query.ts';

const API: LabelMatcher = { name: 'service', op: '=', value: 'api' };

/** The stages behind `{service="api"}`. */
function stagesOf(pipeline: string): readonly Stage[] {
  const { matchers, stages } = parseLogQuery(`{service="api"} ${pipeline}`);
  expect(matchers).toEqual([API]);
  return stages;
}

function filterOf(text: string): LabelFilter | undefined {
  const [stage] = stagesOf(`| ${text}`);
  return stage?.kind === 'label-filter' ? stage.filter : undefined;
}

/** A short form of a filter, with parentheses around every joint. */
function shape(filter: LabelFilter | undefined): string {
  if (filter !== undefined && 'left' in filter) {
    return `(${shape(filter.left)} ${filter.kind} ${shape(filter.right)})`;
  }
  if (filter === undefined) {
    return 'none';
  }
  return filter.kind === 'text' ? filter.matcher.name : filter.name;
}

describe('selectors', () => {
  it.each([
    ['{}', '{}'],
    [' { } ', '{}'],
    ['{service="api"}', '{service="api"}'],
    ['{ service = "api" }', '{service="api"}'],
    ['{\r\n\tservice="api"\n}', '{service="api"}'],
    ['{a="1",b!="2",c=~"3.*",d!~"4|5"}', '{a="1", b!="2", c=~"3.*", d!~"4|5"}'],
    ['{a=""}', '{a=""}'],
    ['{a=~".*"}', '{a=~".*"}'],
    ['{a="b", a!="c"}', '{a="b", a!="c"}'],
    ['{_a1="b"}', '{_a1="b"}'],
    ['{__name__="b"}', '{__name__="b"}'],
    ['{by="x", sum="y", json="z", or="o", ip="i"}', '{by="x", sum="y", json="z", or="o", ip="i"}'],
    ['{offset="x", bool="y", on="z", bytes="b", unwrap="u"}', '{offset="x", bool="y", on="z", bytes="b", unwrap="u"}'],
    ['{inf="x", NaN="y", e1="z"}', '{inf="x", NaN="y", e1="z"}'],
    ['({service="api"})', '{service="api"}'],
    ['((({service="api"})))', '{service="api"}'],
    ['{service="api"} # all of it', '{service="api"}'],
    ['# first\n{service="api", # of it\nlevel="error"}', '{service="api", level="error"}'],
    ['{a=`b`}', '{a="b"}'],
    ['{a=~`\\d+\\.\\d`}', '{a=~"\\\\d+\\\\.\\\\d"}'],
    ['{a=~"(?i)x|y"}', '{a=~"(?i)x|y"}'],
    ['{a="#"}', '{a="#"}'],
    ['{a="}"}', '{a="}"}'],
  ])('%s', (query, printed) => {
    expect(printQuery(parseLogQuery(query))).toBe(printed);
  });
});

describe('texts', () => {
  it.each([
    ['"plain"', 'plain'],
    ['"tab\\t quote\\" backslash\\\\ newline\\n"', 'tab\t quote" backslash\\ newline\n'],
    ['"\\a\\b\\f\\v"', '\u0007\b\f\v'],
    ['"\\u00e9\\U0001F600\\xc3\\xa9\\303\\251"', 'é😀éé'],
    ['"é😀"', 'é😀'],
    ['""', ''],
    ['"\'"', "'"],
    ['`raw \\n "quoted" # no comment`', 'raw \\n "quoted" # no comment'],
    ['`two\r\nlines`', 'two\nlines'],
    ['``', ''],
  ])('%s', (literal, value) => {
    expect(stagesOf(`|= ${literal}`)).toEqual([{ kind: 'line-filter', op: '|=', operands: [{ kind: 'text', value }] }]);
  });
});

describe('line filters', () => {
  it.each([
    ['|="a"', '|= "a"'],
    ['|= "a" != "b" |~ "c+" !~ `d\\d`', '|= "a" != "b" |~ "c+" !~ "d\\\\d"'],
    ['|= "a" or "b" or "c"', '|= "a" or "b" or "c"'],
    ['!= "a" or "b"', '!= "a" or "b"'],
    ['|~ "a" or "b.*" |= "c"', '|~ "a" or "b.*" |= "c"'],
    ['!~ "a" or "b"', '!~ "a" or "b"'],
    ['|> "<_> error <_>"', '|> "<_> error <_>"'],
    ['!> `GET <_> 200` or "POST <_>"', '!> "GET <_> 200" or "POST <_>"'],
    ['|> "no capture"', '|> "no capture"'],
    ['|> "<_>"', '|> "<_>"'],
    ['|> ""', '|> ""'],
    ['|> "<> < a> <1>"', '|> "<> < a> <1>"'],
    ['|= ip("10.0.0.1")', '|= ip("10.0.0.1")'],
    ['!= ip ( `10.0.0.0/8` )', '!= ip("10.0.0.0/8")'],
    ['|= ip("10.0.0.1-10.0.0.9") or "x" or ip("::1")', '|= ip("10.0.0.1-10.0.0.9") or "x" or ip("::1")'],
    ['|= ip("2001:db8::/32")', '|= ip("2001:db8::/32")'],
    ['|= "" |= ""', '|= "" |= ""'],
    ['# one\n|= "#a" # two\n', '|= "#a"'],
    ['|= "a" | json |= "b"', '|= "a" | json |= "b"'],
  ])('%s', (pipeline, printed) => {
    expect(printQuery(parseLogQuery(`{service="api"} ${pipeline}`))).toBe(`{service="api"} ${printed}`);
  });
});

describe('stages', () => {
  it.each<[string, Stage]>([
    ['| json', { kind: 'json', extractions: [] }],
    ['|json', { kind: 'json', extractions: [] }],
    [
      '| json a="b.c[0]", d',
      {
        kind: 'json',
        extractions: [
          { label: 'a', expression: 'b.c[0]' },
          { label: 'd', expression: 'd' },
        ],
      },
    ],
    [
      '| json ua=`headers["User-Agent"]`',
      { kind: 'json', extractions: [{ label: 'ua', expression: 'headers["User-Agent"]' }] },
    ],
    ['| json a="[0]"', { kind: 'json', extractions: [{ label: 'a', expression: '[0]' }] }],
    ['| json json="json"', { kind: 'json', extractions: [{ label: 'json', expression: 'json' }] }],
    ['| logfmt', { kind: 'logfmt', isStrict: false, keepsEmpty: false, extractions: [] }],
    ['| logfmt --strict', { kind: 'logfmt', isStrict: true, keepsEmpty: false, extractions: [] }],
    ['| logfmt --keep-empty --strict', { kind: 'logfmt', isStrict: true, keepsEmpty: true, extractions: [] }],
    [
      '| logfmt --keep-empty a="b", c',
      {
        kind: 'logfmt',
        isStrict: false,
        keepsEmpty: true,
        extractions: [
          { label: 'a', expression: 'b' },
          { label: 'c', expression: 'c' },
        ],
      },
    ],
    ['| regexp "(?P<method>\\\\w+)"', { kind: 'regexp', expression: '(?P<method>\\w+)' }],
    ['| regexp `(?P<a>x)|(y)`', { kind: 'regexp', expression: '(?P<a>x)|(y)' }],
    ['| pattern "<ip> - <_>"', { kind: 'pattern', expression: '<ip> - <_>' }],
    ['| unpack', { kind: 'unpack' }],
    ['| decolorize', { kind: 'decolorize' }],
    ['| line_format "{{.a}}"', { kind: 'line-format', template: '{{.a}}' }],
    ['| line_format ""', { kind: 'line-format', template: '' }],
    ['| label_format a=b', { kind: 'label-format', formats: [{ label: 'a', from: 'b' }] }],
    [
      '| label_format a=b,c="{{.d}}", e=`x`',
      {
        kind: 'label-format',
        formats: [
          { label: 'a', from: 'b' },
          { label: 'c', template: '{{.d}}' },
          { label: 'e', template: 'x' },
        ],
      },
    ],
    ['| drop a', { kind: 'drop', labels: ['a'] }],
    [
      '| drop a, b="x", c=~"y.*", d!="", e!~"z"',
      {
        kind: 'drop',
        labels: [
          'a',
          { name: 'b', op: '=', value: 'x' },
          { name: 'c', op: '=~', value: 'y.*' },
          { name: 'd', op: '!=', value: '' },
          { name: 'e', op: '!~', value: 'z' },
        ],
      },
    ],
    ['| keep level, keep', { kind: 'keep', labels: ['level', 'keep'] }],
    ['| drop __error__', { kind: 'drop', labels: ['__error__'] }],
  ])('%s', (pipeline, stage) => {
    expect(stagesOf(pipeline)).toEqual([stage]);
  });

  it('follow one another in any order', () => {
    const pipeline =
      '|= "x" | json | status >= 500 != "y" | line_format "{{.msg}}" | logfmt | label_format a=b | drop c | unpack | decolorize';
    expect(stagesOf(pipeline).map(({ kind }) => kind)).toEqual(
      'line-filter json label-filter line-filter line-format logfmt label-format drop unpack decolorize'.split(' '),
    );
  });

  it.each(['json', 'logfmt', 'unpack', 'decolorize'])('a filter of the line stands right behind %s', (name) => {
    expect(stagesOf(`| ${name} != "x"`).map(({ kind }) => kind)).toEqual([name, 'line-filter']);
    expect(stagesOf(`| ${name} !~ "x"`).map(({ kind }) => kind)).toEqual([name, 'line-filter']);
    expect(stagesOf(`| ${name} |= "x" or "y"`).map(({ kind }) => kind)).toEqual([name, 'line-filter']);
    expect(stagesOf(`| (${name} != "x")`).map(({ kind }) => kind)).toEqual(['label-filter']);
    expect(printQuery(parseLogQuery(`{} | (${name}!="x" or a="b")`))).toBe(`{} | (${name}!="x" or a="b")`);
  });
});

describe('label filters', () => {
  it.each<[string, LabelFilter]>([
    ['a="x"', { kind: 'text', matcher: { name: 'a', op: '=', value: 'x' } }],
    ['a!=`x`', { kind: 'text', matcher: { name: 'a', op: '!=', value: 'x' } }],
    ['a =~ "x.*"', { kind: 'text', matcher: { name: 'a', op: '=~', value: 'x.*' } }],
    ['a!~""', { kind: 'text', matcher: { name: 'a', op: '!~', value: '' } }],
    ['a="500"', { kind: 'text', matcher: { name: 'a', op: '=', value: '500' } }],
    ['a=500', { kind: 'number', name: 'a', op: '=', value: 500, text: '500' }],
    ['a==500', { kind: 'number', name: 'a', op: '=', value: 500, text: '500' }],
    ['a!=-1.5', { kind: 'number', name: 'a', op: '!=', value: -1.5, text: '-1.5' }],
    ['a>+1e3', { kind: 'number', name: 'a', op: '>', value: 1000, text: '1e3' }],
    ['a >= .5', { kind: 'number', name: 'a', op: '>=', value: 0.5, text: '.5' }],
    ['a<1.', { kind: 'number', name: 'a', op: '<', value: 1, text: '1.' }],
    ['a<=0', { kind: 'number', name: 'a', op: '<=', value: 0, text: '0' }],
    ['a>1E-2', { kind: 'number', name: 'a', op: '>', value: 0.01, text: '1E-2' }],
    ['a>10s', { kind: 'duration', name: 'a', op: '>', value: 10e9, text: '10s' }],
    ['a>1.5h', { kind: 'duration', name: 'a', op: '>', value: 5400e9, text: '1.5h' }],
    ['a>1h30m', { kind: 'duration', name: 'a', op: '>', value: 5400e9, text: '1h30m' }],
    ['a==5m', { kind: 'duration', name: 'a', op: '=', value: 300e9, text: '5m' }],
    ['a>=1d', { kind: 'duration', name: 'a', op: '>=', value: 86_400e9, text: '1d' }],
    ['a<3µs', { kind: 'duration', name: 'a', op: '<', value: 3000, text: '3µs' }],
    ['a<3us', { kind: 'duration', name: 'a', op: '<', value: 3000, text: '3us' }],
    ['a>-5ms', { kind: 'duration', name: 'a', op: '>', value: -5e6, text: '-5ms' }],
    ['a>20KB', { kind: 'bytes', name: 'a', op: '>', value: 20_000, text: '20KB' }],
    ['a>20kb', { kind: 'bytes', name: 'a', op: '>', value: 20_000, text: '20kb' }],
    ['a>1.5KiB', { kind: 'bytes', name: 'a', op: '>', value: 1536, text: '1.5KiB' }],
    ['a=5B', { kind: 'bytes', name: 'a', op: '=', value: 5, text: '5B' }],
    ['a!=5M', { kind: 'bytes', name: 'a', op: '!=', value: 5e6, text: '5M' }],
    ['a<2GiB', { kind: 'bytes', name: 'a', op: '<', value: 2 * 1024 ** 3, text: '2GiB' }],
    ['a<1TB', { kind: 'bytes', name: 'a', op: '<', value: 1e12, text: '1TB' }],
    ['a<1PiB', { kind: 'bytes', name: 'a', op: '<', value: 1024 ** 5, text: '1PiB' }],
    ['a=ip("10.0.0.1")', { kind: 'ip', name: 'a', op: '=', value: '10.0.0.1' }],
    ['a != ip("10.0.0.0/8")', { kind: 'ip', name: 'a', op: '!=', value: '10.0.0.0/8' }],
    ['ip=ip("::1")', { kind: 'ip', name: 'ip', op: '=', value: '::1' }],
    ['json="x"', { kind: 'text', matcher: { name: 'json', op: '=', value: 'x' } }],
    ['drop=~"x"', { kind: 'text', matcher: { name: 'drop', op: '=~', value: 'x' } }],
    ['unwrap>5', { kind: 'number', name: 'unwrap', op: '>', value: 5, text: '5' }],
    ['or="x"', { kind: 'text', matcher: { name: 'or', op: '=', value: 'x' } }],
    ['duration>1s', { kind: 'duration', name: 'duration', op: '>', value: 1e9, text: '1s' }],
    ['bytes<=1KB', { kind: 'bytes', name: 'bytes', op: '<=', value: 1000, text: '1KB' }],
    ['(a="x")', { kind: 'text', matcher: { name: 'a', op: '=', value: 'x' } }],
    ['__error__=""', { kind: 'text', matcher: { name: '__error__', op: '=', value: '' } }],
  ])('%s', (text, filter) => {
    expect(filterOf(text)).toEqual(filter);
  });

  it.each([
    ['a=1 and b=2', '(a and b)'],
    ['a=1 or b=2', '(a or b)'],
    ['a=1 or b=2 and c=3', '(a or (b and c))'],
    ['a=1 and b=2 or c=3', '((a and b) or c)'],
    ['a=1 and b=2 and c=3', '((a and b) and c)'],
    ['a=1 or b=2 or c=3', '((a or b) or c)'],
    ['(a=1 or b=2) and c=3', '((a or b) and c)'],
    ['a=1 and (b=2 or c=3)', '(a and (b or c))'],
    ['a=1, b=2', '(a and b)'],
    ['a=1 b=2', '(a and b)'],
    ['a=1,b="2" c>=3', '(a and (b and c))'],
    ['a=1 or b=2, c=3', '(a or (b and c))'],
    ['a=1, b=2 or c=3', '(a and (b or c))'],
    ['a=1 b=2 or c=3', '(a and (b or c))'],
    ['a=1 and b=2, c=3 or d=4', '(a and (b and (c or d)))'],
    ['(a=1, b=2) or c=3', '((a and b) or c)'],
    ['a=1 (b=2 or c=3)', '(a and (b or c))'],
    ['((a=1)) or ((b=2))', '(a or b)'],
    ['or=1 or or=2', '(or or or)'],
    ['and=1 and=2', '(and and and)'],
    ['a=1 or=2', '(a and or)'],
  ])('%s is %s', (text, expected) => {
    expect(shape(filterOf(text))).toBe(expected);
  });

  it.each([
    ['a = "x"', '| a="x"'],
    ['a == 5', '| a=5'],
    ['a=1, b=2', '| a=1 and b=2'],
    ['a=1, b=2, c=3', '| a=1 and (b=2 and c=3)'],
    ['(a=1 or b=2) and c=3', '| (a=1 or b=2) and c=3'],
    ['a=1 or (b=2 or c=3)', '| a=1 or (b=2 or c=3)'],
    ['a=1 or b=2 and c=3', '| a=1 or b=2 and c=3'],
    ['a > - 5s', '| a>-5s'],
  ])('%s is printed as %s', (text, printed) => {
    expect(printQuery(parseLogQuery(`{} | ${text}`))).toBe(`{} ${printed}`);
  });
});
