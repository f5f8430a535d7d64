import { type BuilderQuery, EMPTY_BUILDER_QUERY } from '../builder/builder-query.ts';
import type { CatalogueMetric } from './catalogue.ts';

const RATE = { fn: 'rate', window: '$__rate_interval' } as const;
const TAIL = 0.95;

function aggregate(op: 'sum' | 'avg', labels: readonly string[] = []): BuilderQuery['aggregation'] {
  return { op, parameter: undefined, labels, isWithout: false };
}

/** Labels that tell apart who is meant, the best first. */
const GROUPS = ['service', 'service_name', 'job', 'instance', 'pod', 'host'] as const;

/** What one probably wants to see of a metric with these labels first. */
export function defaultQuery(
  { name, kind }: Pick<CatalogueMetric, 'name' | 'kind'>,
  labels: readonly string[],
): BuilderQuery {
  const query = { ...EMPTY_BUILDER_QUERY, metric: name };
  const group = GROUPS.filter((label) => labels.includes(label)).slice(0, 1);
  switch (kind) {
    case 'counter':
      return { ...query, range: RATE, aggregation: aggregate('sum', group) };
    case 'histogram':
      return {
        ...query,
        metric: `${name}_bucket`,
        range: RATE,
        aggregation: aggregate('sum', [...group, 'le']),
        histogramQuantile: TAIL,
      };
    case 'native histogram':
      return { ...query, range: RATE, aggregation: aggregate('sum', group), histogramQuantile: TAIL };
    case 'gauge':
      return group.length === 0 ? query : { ...query, aggregation: aggregate('avg', group) };
    case 'summary':
    case 'unknown':
      return query;
  }
}

/** Ids of UNITS by what metrics say of theirs. */
const UNITS_OF_METRICS: Readonly<Record<string, string>> = {
  s: 'seconds',
  seconds: 'seconds',
  ms: 'ms',
  milliseconds: 'ms',
  us: 'us',
  ns: 'ns',
  bytes: 'bytes',
  By: 'bytes',
  ratio: 'percentunit',
  '1': '',
  percent: 'percent',
  '%': 'percent',
  celsius: 'celsius',
  Cel: 'celsius',
};

/** The unit to show a metric's default query in. */
export function defaultUnit({ kind, unit }: Pick<CatalogueMetric, 'kind' | 'unit'>): string {
  const known = UNITS_OF_METRICS[unit] ?? '';
  if (kind !== 'counter') {
    return known;
  }
  // A rate is per second; of seconds it has no unit.
  return known === 'bytes' ? 'binBps' : known === 'seconds' ? '' : 'ops';
}
