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

it.each([
  ['-sum(abcd)', '-sum(\n  abcd\n)'],
  ['(((ab + cd)))', '(\n  (\n    (\n      ab + cd\n    )\n  )\n)'],
  ['max_over_time(rate(foo[1m])[9m:])', 'max_over_time(\n  rate(\n    foo[1m]\n  )[9m:]\n)'],
  ['max_over_time(f[9m:])', 'max_over_time(\n  f[9m:]\n)'],
  ['start_of_it + time()', '  start_of_it\n+\n  time()'],
])('lays out %s in narrow lines', (query, expected) => {
  expect(formatQuery(parseQuery(query), 8)).toBe(expected);
});
