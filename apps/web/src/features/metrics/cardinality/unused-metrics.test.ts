import { expect, it } from 'vitest';
import { unusedMetrics } from './unused-metrics.ts';

it('a metric is used where a query names it whole, also in quotes', () => {
  const queries = ['sum(rate(requests_total{job="api"}[5m]))', '{"my.metric", a="b"}', 'label_values(up, job)'];
  expect(unusedMetrics(['my.metric', 'requests', 'requests_total', 'total', 'up', 'x'], queries)).toEqual([
    'requests',
    'total',
    'x',
  ]);
});
