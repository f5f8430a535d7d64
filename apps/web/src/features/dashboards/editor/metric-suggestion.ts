import type { PanelQuery } from '@aegisguard/model';
import { printBuilderQuery } from '../../metrics/builder/print-builder-query.ts';
import type { CatalogueMetric } from '../../metrics/catalogue/catalogue.ts';
import { defaultQuery, defaultUnit } from '../../metrics/catalogue/default-query.ts';

/** What a chosen metric suggests for a query and its panel. */
export interface Suggestion {
  readonly query: Pick<PanelQuery, 'query' | 'legend'>;
  readonly title: string;
  readonly unit: string;
}

/** `http_requests_total` as words. */
function nameWords(name: string): string {
  const words = name
    .replace(/_total$/, '')
    .replaceAll(/[_:]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const MEANING: Partial<Record<CatalogueMetric['kind'], string>> = {
  counter: ' per second',
  histogram: ', 95th percentile',
  'native histogram': ', 95th percentile',
};

/** The query that one probably wants of a metric with these labels, and how its panel could be called. */
export function suggestionFor(metric: CatalogueMetric, labels: readonly string[]): Suggestion {
  const query = defaultQuery(metric, labels);
  const told = query.aggregation?.labels.filter((label) => label !== 'le') ?? [];
  return {
    query: { query: printBuilderQuery(query), legend: told.map((label) => `{{${label}}}`).join(' ') },
    title: nameWords(metric.name) + (MEANING[metric.kind] ?? ''),
    unit: defaultUnit(metric),
  };
}
