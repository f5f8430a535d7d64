import { parseQuery } from '@aegisguard/promql/syntax';
import { expect, it } from 'vitest';
import { substituteQuery } from '../variables/substitute.ts';
import { single } from '../variables/variable-scope.ts';
import { errorMatchers, likelyDurations, likelyLabel, likelyRequests } from './red-guesses.ts';
import { type RedSource, redDashboard } from './red-template.ts';

const SOURCE: RedSource = {
  title: 'Services',
  requests: 'http_requests_total',
  durations: 'http_request_duration_seconds',
  isNativeHistogram: false,
  label: 'service',
  errors: 'status=~"5.."',
};
const SCOPE = new Map([
  ['service', { values: ['a', 'b'], allValue: '.*', isAll: true }],
  ['__rate_interval', single('1m')],
]);

it.each([
  ['all', SOURCE],
  ['native histograms', { ...SOURCE, isNativeHistogram: true }],
  ['no histogram and no errors', { ...SOURCE, durations: '', errors: '' }],
])('makes queries that PromQL takes: %s', (_name, source) => {
  const { panels } = redDashboard(source);
  expect(panels.length).toBeGreaterThan(1);
  for (const { queries } of panels) {
    for (const { query } of queries) {
      expect(() => parseQuery(substituteQuery(query, SCOPE))).not.toThrow();
    }
  }
});

it('asks for the share of failures by service', () => {
  const { panels } = redDashboard(SOURCE);
  expect(panels.find(({ title }) => title === 'Error share')?.queries[0]?.query).toBe(
    '100 * sum by (service) (rate(http_requests_total{service=~"$service", status=~"5.."}[$__rate_interval])) / sum by (service) (rate(http_requests_total{service=~"$service"}[$__rate_interval]))',
  );
});

it('guesses what is meant from names', () => {
  expect(likelyRequests(['errors_total', 'http_requests_total'])).toBe('http_requests_total');
  expect(likelyDurations(['size_bytes', 'rpc_latency'])).toBe('rpc_latency');
  expect(likelyLabel(['instance', 'service'])).toBe('service');
  expect(errorMatchers(['method', 'code'])).toEqual(['code=~"5.."']);
  expect(likelyRequests([])).toBe('');
});
