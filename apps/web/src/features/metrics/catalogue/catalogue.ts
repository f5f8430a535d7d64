import type { MetricFacts } from '../metrics-api.ts';

/** How a metric counts. */
type MetricKind = 'counter' | 'gauge' | 'histogram' | 'native histogram' | 'summary' | 'unknown';

/** A metric of the catalogue; a classic histogram or a summary is one, whatever series it consists of. */
export interface CatalogueMetric {
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit: string;
  readonly help: string;
  /** Undefined: not known. */
  readonly series: number | undefined;
}

const PARTS = ['_bucket', '_sum', '_count'] as const;

function kindByName(name: string): MetricKind {
  return /_total$/.test(name) ? 'counter' : 'unknown';
}

/** The name of the histogram or summary that a name is a part of; undefined for any other. */
function wholeOf(
  name: string,
  names: ReadonlySet<string>,
  facts: ReadonlyMap<string, MetricFacts>,
): string | undefined {
  const part = PARTS.find((each) => name.endsWith(each));
  const whole = part === undefined ? undefined : name.slice(0, -part.length);
  if (whole === undefined) {
    return undefined;
  }
  const type = facts.get(whole)?.type;
  return type === 'histogram' || type === 'summary' || names.has(`${whole}_bucket`) ? whole : undefined;
}

function kindOf(name: string, names: ReadonlySet<string>, type: string | undefined): MetricKind {
  if (names.has(`${name}_bucket`)) {
    return 'histogram';
  }
  if (type === 'histogram' || type === 'gaugehistogram') {
    return 'native histogram';
  }
  return type === 'counter' || type === 'gauge' || type === 'summary' ? type : kindByName(name);
}

/** What unit a name speaks of, where the metadata does not: https://prometheus.io/docs/practices/naming/ */
function unitByName(name: string): string {
  return /_(seconds|bytes|ratio|percent|celsius)(?:_total|_sum|_max|_min)?$/.exec(name)?.[1] ?? '';
}

/** Names, what is known of them, and how many series they have, as a list by name. */
export function catalogue(
  names: readonly string[],
  facts: ReadonlyMap<string, MetricFacts>,
  counts: ReadonlyMap<string, number>,
): readonly CatalogueMetric[] {
  const all = new Set(names);
  const series = new Map<string, number | undefined>();
  for (const name of names) {
    const whole = wholeOf(name, all, facts) ?? name;
    const before = series.get(whole);
    const own = counts.get(name);
    series.set(whole, before === undefined ? own : before + (own ?? 0));
  }
  return [...series]
    .map(([name, count]) => {
      const known = facts.get(name) ?? facts.get(name.replace(/_total$/, ''));
      return {
        name,
        kind: kindOf(name, all, known?.type),
        unit: known?.unit || unitByName(name),
        help: known?.help ?? '',
        series: count,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Metrics with all the words in their name or description. */
export function searchCatalogue(metrics: readonly CatalogueMetric[], search: string): readonly CatalogueMetric[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return metrics.filter(({ name, help, kind }) => {
    const text = `${name} ${help} ${kind}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
