import { describe, expect, it } from 'vitest';
import type { MetricExpression } from './ast/metric-expression.ts';
import type { Query } from './ast/query.ts';
import { LOG_RANGE_OPERATIONS, type LogRange, UNWRAPPED_RANGE_OPERATIONS } from './ast/range-aggregation.ts';
import { VECTOR_OPERATIONS } from './ast/vector-aggregation.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print/print-query.ts';

const MINUTE = 60_000_000_000n;

function rangeOf(text: string): LogRange | undefined {
  const query = parseQuery(`rate(${text})`);
  return query.kind === 'range-aggregation' ? query.range : undefined;
}

/** A short form of arithmetic, with parentheses around every operation. */
function shape(query: Query): string {
  switch (query.kind) {
    case 'binary-operation':
      return `(${shape(query.left)} ${query.op} ${shape(query.right)})`;
    case 'number':
      return String(query.value);
    default:
      return query.kind;
  }
}

describe('log ranges', () => {
  const plain: LogRange = {
    query: { kind: 'log-query', matchers: [], stages: [] },
    range: 5n * MINUTE,
    offset: 0n,
  };
  const piped: LogRange = {
    ...plain,
    query: { ...plain.query, stages: [{ kind: 'json', extractions: [] }] },
  };
  const unwrapped: LogRange = { ...plain, unwrap: { label: 'x', filters: [] } };

  it.each<[string, LogRange]>([
    ['{}[5m]', plain],
    [' { } [ 5m ] ', plain],
    ['({}[5m])', plain],
    ['({})[5m]', plain],
    ['(({}))[5m]', plain],
    ['((({})[5m]))', plain],
    ['{} | json [5m]', piped],
    ['{}[5m] | json', piped],
    ['({} | json)[5m]', piped],
    ['({}[5m] | json)', piped],
    ['({})[5m] | json', piped],
    ['{}[5m] offset 1h', { ...plain, offset: 60n * MINUTE }],
    ['{}[5m] offset -1h30m', { ...plain, offset: -90n * MINUTE }],
    ['{}[5m] offset - 5m', { ...plain, offset: -5n * MINUTE }],
    ['{} | json [5m] offset 1m', { ...piped, offset: MINUTE }],
    ['{}[5m] offset 1m | json', { ...piped, offset: MINUTE }],
    ['({} | json)[5m] offset 1m', { ...piped, offset: MINUTE }],
    ['{} | unwrap x [5m]', unwrapped],
    ['{}[5m] | unwrap x', unwrapped],
    ['({} | unwrap x)[5m]', unwrapped],
    ['({})[5m] | unwrap x', unwrapped],
    ['{}[5m] offset 1m | unwrap x', { ...unwrapped, offset: MINUTE }],
    ['{}[5m] | json | unwrap x', { ...piped, unwrap: { label: 'x', filters: [] } }],
    ['{}[1d12h]', { ...plain, range: 36n * 60n * MINUTE }],
    ['{}[1w]', { ...plain, range: 7n * 24n * 60n * MINUTE }],
    ['{}[1y]', { ...plain, range: 365n * 24n * 60n * MINUTE }],
    ['{}[1.5h]', { ...plain, range: 90n * MINUTE }],
    ['{}[250ms]', { ...plain, range: 250_000_000n }],
    ['{}[1ns]', { ...plain, range: 1n }],
    ['{}[1h30m15s]', { ...plain, range: 5_415_000_000_000n }],
  ])('%s', (text, range) => {
    expect(rangeOf(text)).toEqual(range);
  });

  it.each<[string, LogRange['unwrap']]>([
    ['| unwrap size', { label: 'size', filters: [] }],
    ['| unwrap bytes(size)', { label: 'size', conversion: 'bytes', filters: [] }],
    ['| unwrap duration(d)', { label: 'd', conversion: 'duration', filters: [] }],
    ['| unwrap duration_seconds ( d )', { label: 'd', conversion: 'duration_seconds', filters: [] }],
    ['| unwrap bytes', { label: 'bytes', filters: [] }],
    ['| unwrap duration', { label: 'duration', filters: [] }],
    ['| unwrap bytes(bytes)', { label: 'bytes', conversion: 'bytes', filters: [] }],
    ['| unwrap duration(duration)', { label: 'duration', conversion: 'duration', filters: [] }],
    ['| unwrap unwrap', { label: 'unwrap', filters: [] }],
    [
      '| unwrap a | __error__="" | b>5',
      {
        label: 'a',
        filters: [
          { kind: 'text', matcher: { name: '__error__', op: '=', value: '' } },
          { kind: 'number', name: 'b', op: '>', value: 5, text: '5' },
        ],
      },
    ],
    [
      '| unwrap a | (json!="x")',
      { label: 'a', filters: [{ kind: 'text', matcher: { name: 'json', op: '!=', value: 'x' } }] },
    ],
  ])('%s', (text, unwrap) => {
    expect(rangeOf(`{} ${text} [5m]`)?.unwrap).toEqual(unwrap);
  });
});

describe('aggregations', () => {
  it.each(LOG_RANGE_OPERATIONS)('%s counts logs', (operation) => {
    expect(parseQuery(`${operation}({a="b"}[5m])`)).toMatchObject({ kind: 'range-aggregation', operation });
  });

  it.each([...UNWRAPPED_RANGE_OPERATIONS, 'rate', 'absent_over_time'])('%s takes numbers', (operation) => {
    const parameter = operation === 'quantile_over_time' ? '0.9, ' : '';
    expect(parseQuery(`${operation}(${parameter}{a="b"} | unwrap x [5m])`)).toMatchObject({ operation });
  });

  it.each(VECTOR_OPERATIONS)('%s takes series', (operation) => {
    const parameter = /topk|bottomk/.test(operation) ? '3, ' : '';
    expect(parseQuery(`${operation}(${parameter}rate({a="b"}[5m]))`)).toMatchObject({ operation });
  });

  it.each([
    ['count_over_time({a="b"}[5m])', 'count_over_time({a="b"} [5m])'],
    ['rate ( ( {a="b"} |= "x" [ 5m ] ) )', 'rate({a="b"} |= "x" [5m])'],
    ['rate({a="b"}[90s] offset 1d)', 'rate({a="b"} [1m30s] offset 1d)'],
    ['rate({a="b"}[5m] offset -90m)', 'rate({a="b"} [5m] offset -1h30m)'],
    ['rate({a="b"}[5m] | json | c>5)', 'rate({a="b"} | json | c>5 [5m])'],
    ['avg_over_time({a="b"} | unwrap x [5m]) by (c)', 'avg_over_time({a="b"} | unwrap x [5m]) by (c)'],
    ['max_over_time({a="b"} | unwrap x [5m]) by()', 'max_over_time({a="b"} | unwrap x [5m]) by ()'],
    ['min_over_time({a="b"}|unwrap x[5m]) without (c,d,c)', 'min_over_time({a="b"} | unwrap x [5m]) without (c, d)'],
    ['first_over_time({a="b"}|unwrap x[5m]) by (c)', 'first_over_time({a="b"} | unwrap x [5m]) by (c)'],
    ['last_over_time({a="b"}|unwrap x[5m]) by (c)', 'last_over_time({a="b"} | unwrap x [5m]) by (c)'],
    ['stddev_over_time({a="b"}|unwrap x[5m]) by (c)', 'stddev_over_time({a="b"} | unwrap x [5m]) by (c)'],
    ['stdvar_over_time({a="b"}|unwrap x[5m]) by (c)', 'stdvar_over_time({a="b"} | unwrap x [5m]) by (c)'],
    [
      'quantile_over_time(.99,{a="b"}|unwrap duration(x)|__error__=""[5m]) by (c)',
      'quantile_over_time(0.99, {a="b"} | unwrap duration(x) | __error__="" [5m]) by (c)',
    ],
    ['quantile_over_time(1e-1, {a="b"} | unwrap x [5m])', 'quantile_over_time(0.1, {a="b"} | unwrap x [5m])'],
    ['sum(rate({a="b"}[5m]))', 'sum(rate({a="b"} [5m]))'],
    ['sum by (a,b,a) (rate({a="b"}[5m]))', 'sum by (a, b) (rate({a="b"} [5m]))'],
    ['sum(rate({a="b"}[5m])) by (a, b)', 'sum by (a, b) (rate({a="b"} [5m]))'],
    ['sum without(a)(rate({a="b"}[5m]))', 'sum without (a) (rate({a="b"} [5m]))'],
    ['sum(rate({a="b"}[5m])) without ()', 'sum without () (rate({a="b"} [5m]))'],
    ['sum by () ((rate({a="b"}[5m])))', 'sum by () (rate({a="b"} [5m]))'],
    ['sum by (by, sum, json) (rate({a="b"}[5m]))', 'sum by (by, sum, json) (rate({a="b"} [5m]))'],
    ['topk(10, rate({a="b"}[5m]))', 'topk(10, rate({a="b"} [5m]))'],
    ['topk by (c) (10, rate({a="b"}[5m]))', 'topk by (c) (10, rate({a="b"} [5m]))'],
    ['bottomk(1,rate({a="b"}[5m])) without (c)', 'bottomk without (c) (1, rate({a="b"} [5m]))'],
    ['approx_topk(3, sum by (c) (rate({a="b"}[5m])))', 'approx_topk(3, sum by (c) (rate({a="b"} [5m])))'],
    ['topk(+2, rate({a="b"}[5m]))', 'topk(2, rate({a="b"} [5m]))'],
    ['sort_desc(sum by (c) (rate({a="b"}[5m])))', 'sort_desc(sum by (c) (rate({a="b"} [5m])))'],
    ['max(min(avg(rate({a="b"}[5m]))))', 'max(min(avg(rate({a="b"} [5m]))))'],
    ['sum(rate({a="b"}[5m]) > 5)', 'sum(rate({a="b"} [5m]) > 5)'],
    ['sum(1 + rate({a="b"}[5m]))', 'sum(1 + rate({a="b"} [5m]))'],
    ['sum(vector(1))', 'sum(vector(1))'],
    [
      'label_replace(rate({a="b"}[5m]), "dst", "$1", "src", `(.*)`)',
      'label_replace(rate({a="b"} [5m]), "dst", "$1", "src", "(.*)")',
    ],
    [
      'sum by (dst) (label_replace(rate({a="b"}[5m]),"dst","","",""))',
      'sum by (dst) (label_replace(rate({a="b"} [5m]), "dst", "", "", ""))',
    ],
    ['vector(1)', 'vector(1)'],
    ['vector(-1.5e3)', 'vector(-1500)'],
    ['vector(+Inf)', 'vector(Inf)'],
    ['(count_over_time(({a="b"}[5m])))', 'count_over_time({a="b"} [5m])'],
    ['# c\nsum # d\n(rate({a="b"}[5m])) # e', 'sum(rate({a="b"} [5m]))'],
    ['count_over_time({}[5m])', 'count_over_time({} [5m])'],
    ['rate({a="b"} | json | drop c [5m])', 'rate({a="b"} | json | drop c [5m])'],
    ['rate({a="b"} | a="5" or c>5ms [5m])', 'rate({a="b"} | a="5" or c>5ms [5m])'],
    ['rate({a="b"} |= "x" or "y" [5m])', 'rate({a="b"} |= "x" or "y" [5m])'],
    ['rate({a="b"}[5m] != "x")', 'rate({a="b"} != "x" [5m])'],
    ['rate({a="b"} | logfmt --strict [5m])', 'rate({a="b"} | logfmt --strict [5m])'],
  ])('%s', (query, printed) => {
    const parsed = parseQuery(query);
    expect(printQuery(parsed)).toBe(printed);
    expect(parseQuery(printed)).toEqual(parsed);
  });
});

describe('operators', () => {
  it.each([
    ['1', '1'],
    ['-1', '-1'],
    ['+1.5', '1.5'],
    ['- 2', '-2'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['1e-3', '0.001'],
    ['Inf', 'Infinity'],
    ['-Inf', '-Infinity'],
    ['inf', 'Infinity'],
    ['NaN', 'NaN'],
    ['007', '7'],
    ['1 + 2', '(1 + 2)'],
    ['1 - -2', '(1 - -2)'],
    ['1 -2', '(1 - 2)'],
    ['1--2', '(1 - -2)'],
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 * 2 + 3', '((1 * 2) + 3)'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['1 / 2 * 3 % 4', '(((1 / 2) * 3) % 4)'],
    ['2 ^ 3 ^ 4', '(2 ^ (3 ^ 4))'],
    ['-2 ^ 2', '(-2 ^ 2)'],
    ['2 * 3 ^ 4', '(2 * (3 ^ 4))'],
    ['2 ^ 3 * 4', '((2 ^ 3) * 4)'],
    ['(1 + 2) * 3', '((1 + 2) * 3)'],
    ['1 == 2 + 3', '(1 == (2 + 3))'],
    ['1 > 2 < 3', '((1 > 2) < 3)'],
    ['1 >= 2 != 3 <= 4', '(((1 >= 2) != 3) <= 4)'],
    ['vector(1) or vector(2) and vector(3)', '(vector or (vector and vector))'],
    ['vector(1) and vector(2) or vector(3)', '((vector and vector) or vector)'],
    ['vector(1) unless vector(2) and vector(3)', '((vector unless vector) and vector)'],
    ['vector(1) and vector(2) > 5', '(vector and (vector > 5))'],
    ['vector(1) > 5 or vector(2) < 5', '((vector > 5) or (vector < 5))'],
    ['((1)) + ((2))', '(1 + 2)'],
  ])('%s is %s', (query, expected) => {
    expect(shape(parseQuery(query))).toBe(expected);
  });

  it.each([
    ['vector(1) > bool 5', 'vector(1) > bool 5'],
    ['vector(1) == bool vector(2)', 'vector(1) == bool vector(2)'],
    ['vector(1) + bool vector(2)', 'vector(1) + vector(2)'],
    ['1 > bool 2', '1 > bool 2'],
    ['vector(1) + on(a) vector(2)', 'vector(1) + on (a) vector(2)'],
    ['vector(1) + on() vector(2)', 'vector(1) + on () vector(2)'],
    ['vector(1) + on(a,b,a) vector(2)', 'vector(1) + on (a, b) vector(2)'],
    ['vector(1) / ignoring (a) vector(2)', 'vector(1) / ignoring (a) vector(2)'],
    ['vector(1) > bool on(a) vector(2)', 'vector(1) > bool on (a) vector(2)'],
    ['vector(1) * on(a) group_left vector(2)', 'vector(1) * on (a) group_left () vector(2)'],
    ['vector(1) * on(a) group_left() vector(2)', 'vector(1) * on (a) group_left () vector(2)'],
    ['vector(1) * on(a) group_left(b, c) vector(2)', 'vector(1) * on (a) group_left (b, c) vector(2)'],
    ['vector(1) * ignoring(a) group_right(b) vector(2)', 'vector(1) * ignoring (a) group_right (b) vector(2)'],
    ['vector(1) * on(a) group_right (vector(2))', 'vector(1) * on (a) group_right () vector(2)'],
    ['vector(1) * on(a) group_left (sum(vector(2)))', 'vector(1) * on (a) group_left () sum(vector(2))'],
    ['vector(1) and on(a) vector(2)', 'vector(1) and on (a) vector(2)'],
    ['vector(1) unless ignoring(a) vector(2)', 'vector(1) unless ignoring (a) vector(2)'],
    ['vector(1) or on(a) group_left(b) vector(2)', 'vector(1) or on (a) vector(2)'],
    ['vector(1) * on(a) 5', 'vector(1) * 5'],
    ['(vector(1) + vector(2)) * vector(3)', '(vector(1) + vector(2)) * vector(3)'],
    ['vector(1) - (vector(2) - vector(3))', 'vector(1) - (vector(2) - vector(3))'],
    ['(vector(1) - vector(2)) - vector(3)', 'vector(1) - vector(2) - vector(3)'],
    ['(2 ^ 3) ^ 4', '(2 ^ 3) ^ 4'],
    ['2 ^ (3 ^ 4)', '2 ^ 3 ^ 4'],
    ['1e21 + 1e-7', '1e+21 + 1e-7'],
    ['-Inf - NaN', '-Inf - NaN'],
    [
      'sum(rate({a="b"} |= "x" [5m])) / sum(rate({a="b"}[5m])) * 100 > 5',
      'sum(rate({a="b"} |= "x" [5m])) / sum(rate({a="b"} [5m])) * 100 > 5',
    ],
    [
      'sum(rate({a="b"}[5m])) by (c) or on(c) sum(rate({a="d"}[5m])) by (c)',
      'sum by (c) (rate({a="b"} [5m])) or on (c) sum by (c) (rate({a="d"} [5m]))',
    ],
    ['absent_over_time({a="b"}[5m]) == 1', 'absent_over_time({a="b"} [5m]) == 1'],
  ])('%s', (query, printed) => {
    const parsed = parseQuery(query);
    expect(printQuery(parsed)).toBe(printed);
    expect(parseQuery(printed)).toEqual(parsed);
  });

  it('matching is kept as it was written', () => {
    expect(parseQuery('vector(1) * on (a) group_left (b) vector(2)')).toEqual<MetricExpression>({
      kind: 'binary-operation',
      op: '*',
      left: { kind: 'vector', value: 1 },
      right: { kind: 'vector', value: 2 },
      isBool: false,
      matching: { kind: 'on', labels: ['a'], card: 'many-to-one', include: ['b'] },
    });
  });
});
