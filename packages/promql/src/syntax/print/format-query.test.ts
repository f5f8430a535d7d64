import { expect, it } from 'vitest';
import { parseQuery } from '../parse-query.ts';
import { formatQuery } from './format-query.ts';

it.each([
  ['sum(rate(x[5m]))', 'sum(rate(x[5m]))'],
  [
    'sum by (job, instance) (rate(http_requests_total{job="api",code=~"5.."}[5m])) / on (job, instance) sum(up)',
    [
      '  sum by (job, instance) (rate(http_requests_total{code=~"5..",job="api"}[5m]))',
      '/ on (job, instance)',
      '  sum(up)',
    ].join('\n'),
  ],
  [
    'topk(5, max_over_time((a_rather_long_name_of_a_metric + another_rather_long_name_of_a_metric + third)[30m:1m]))',
    [
      'topk(',
      '  5,',
      '  max_over_time(',
      '    (a_rather_long_name_of_a_metric + another_rather_long_name_of_a_metric + third)[30m:1m]',
      '  )',
      ')',
    ].join('\n'),
  ],
])('lays out %s', (query, expected) => {
  expect(formatQuery(parseQuery(query))).toBe(expected);
});

it('parts are printed once, not once for every part that they are inside of', () => {
  const selector = `{${'a="",'.repeat(200)}b="c"}`;
  const inside = Array.from({ length: 40 }, () => selector).join('+');
  const msOf = (depth: number) => {
    const expression = parseQuery(`${'('.repeat(depth)}${inside}${')'.repeat(depth)}`);
    const began = process.threadCpuUsage();
    expect(formatQuery(expression).split('\n')).toHaveLength(2 * depth + 79);
    const { user, system } = process.threadCpuUsage(began);
    return (user + system) / 1000;
  };
  msOf(1);
  const shallow = Math.max(...[1, 1, 1].map(msOf));
  // 480 parts in the place of 80, and 400 of them hold the long one.
  expect(Math.min(...[400, 400].map(msOf))).toBeLessThan(10 * shallow);
});

it.each([
  ['-sum(abcd)', '-sum(\n  abcd\n)'],
  ['(((ab + cd)))', '(\n  (\n    (\n      ab + cd\n    )\n  )\n)'],
  ['max_over_time(rate(foo[1m])[9m:])', 'max_over_time(\n  rate(\n    foo[1m]\n  )[9m:]\n)'],
  ['max_over_time(f[9m:])', 'max_over_time(\n  f[9m:]\n)'],
  ['start_of_it + time()', '  start_of_it\n+\n  time()'],
])('lays out %s in narrow lines', (query, expected) => {
  expect(formatQuery(parseQuery(query), 8)).toBe(expected);
});
