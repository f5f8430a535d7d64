import { expect, it } from 'vitest';
import { parseQuery } from '../parse-query.ts';
import { formatQuery } from './format-query.ts';

it.each([
  ['{a="b"}|="c"|json|d>5', '{a="b"} |= "c" | json | d>5'],
  ['sum(rate({a="b"}[5m]))', 'sum(rate({a="b"} [5m]))'],
  [
    '{container="query-frontend",namespace="loki-dev"} |= "metrics.go" | logfmt | duration > 10s and throughput_mb < 500',
    [
      '{container="query-frontend", namespace="loki-dev"}',
      '  |= "metrics.go"',
      '  | logfmt',
      '  | duration>10s and throughput_mb<500',
    ].join('\n'),
  ],
  [
    'sum by (cluster, namespace) (quantile_over_time(0.99, {container="ingress-nginx",service="hosted-grafana"} | json | unwrap response_latency_seconds | __error__="" [1m] offset 1h) by (cluster)) / on (cluster) 2 > 5',
    [
      '    sum by (cluster, namespace) (',
      '      quantile_over_time(',
      '        0.99,',
      '        {container="ingress-nginx", service="hosted-grafana"}',
      '          | json',
      '          | unwrap response_latency_seconds',
      '          | __error__="" [1m] offset 1h',
      '      ) by (cluster)',
      '    )',
      '  /',
      '    2',
      '>',
      '  5',
    ].join('\n'),
  ],
  [
    'topk(5, label_replace(count_over_time({a_rather_long_name_of_a_label="a rather long value of it"}[5m]), "destination", "$1", "source", "(.*)"))',
    [
      'topk(',
      '  5,',
      '  label_replace(',
      '    count_over_time({a_rather_long_name_of_a_label="a rather long value of it"} [5m]),',
      '    "destination",',
      '    "$1",',
      '    "source",',
      '    "(.*)"',
      '  )',
      ')',
    ].join('\n'),
  ],
])('lays out %s', (query, expected) => {
  expect(formatQuery(parseQuery(query))).toBe(expected);
});

it.each([
  ['(1 + 2) * vector(3)', '  (\n    1 + 2\n  )\n*\n  vector(3)'],
  ['sum(vector(12))', 'sum(\n  vector(12)\n)'],
])('lays out %s in narrow lines', (query, expected) => {
  expect(formatQuery(parseQuery(query), 8)).toBe(expected);
});
