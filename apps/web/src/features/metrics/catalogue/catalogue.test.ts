import { describe, expect, it } from 'vitest';
import { printBuilderQuery } from '../builder/print-builder-query.ts';
import { catalogue, searchCatalogue } from './catalogue.ts';
import { defaultQuery, defaultUnit } from './default-query.ts';

const NAMES = [
  'http_seconds_bucket',
  'http_seconds_count',
  'http_seconds_sum',
  'job_seconds',
  'requests_total',
  'row_count',
  'up',
];
const FACTS = new Map([
  ['http_seconds', { type: 'histogram', unit: '', help: 'How long requests took.' }],
  ['job_seconds', { type: 'histogram', unit: 's', help: '' }],
  ['up', { type: 'gauge', unit: '', help: '' }],
]);
const COUNTS = new Map([
  ['http_seconds_bucket', 7],
  ['http_seconds_sum', 1],
  ['http_seconds_count', 1],
  ['up', 3],
]);
const METRICS = catalogue(NAMES, FACTS, COUNTS);

describe('the catalogue', () => {
  it('shows a histogram as one, and tells types and units by names where nothing is known', () => {
    expect(METRICS.map(({ name, kind, unit, series }) => [name, kind, unit, series])).toEqual([
      ['http_seconds', 'histogram', 'seconds', 9],
      ['job_seconds', 'native histogram', 's', undefined],
      ['requests_total', 'counter', '', undefined],
      ['row_count', 'unknown', '', undefined],
      ['up', 'gauge', '', 3],
    ]);
  });

  it('finds metrics by words of their name, type or description', () => {
    expect(searchCatalogue(METRICS, 'LONG http').map(({ name }) => name)).toEqual(['http_seconds']);
    expect(searchCatalogue(METRICS, 'counter').map(({ name }) => name)).toEqual(['requests_total']);
    expect(searchCatalogue(METRICS, ' ')).toHaveLength(METRICS.length);
  });
});

it.each([
  ['requests_total', [], 'sum(rate(requests_total[$__rate_interval]))', 'ops'],
  ['requests_total', ['pod', 'service'], 'sum by (service) (rate(requests_total[$__rate_interval]))', 'ops'],
  ['up', ['job'], 'avg by (job) (up)', ''],
  ['up', [], 'up', ''],
  [
    'http_seconds',
    ['le'],
    'histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket[$__rate_interval])))',
    'seconds',
  ],
  ['job_seconds', [], 'histogram_quantile(0.95, sum(rate(job_seconds[$__rate_interval])))', 'seconds'],
])('asks of %s with the labels %j what fits its type', (name, labels, query, unit) => {
  const metric = METRICS.find((each) => each.name === name);
  if (metric === undefined) {
    throw new Error('there is no such metric');
  }
  expect(printBuilderQuery(defaultQuery(metric, labels))).toBe(query);
  expect(defaultUnit(metric)).toBe(unit);
});
