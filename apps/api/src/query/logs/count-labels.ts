import type { FoundLog } from '@aegisguard/logql';
import type { LogFacetsAnswer } from '@aegisguard/model';

type Facet = LogFacetsAnswer['facets'][number];

/** Labels that an answer has when none are named. */
const LABELS_MAX = 40;
/** Labels with more values say nothing as a list, unless they were asked for. */
const VALUES_MAX = 1000;

/** Counts the values of labels among logs: of those named, or of those that most logs have. */
export function countLabels(
  found: readonly FoundLog[],
  names: readonly string[] | undefined,
  limit: number,
): readonly Facet[] {
  const counts = new Map<string, Map<string, number>>(names?.map((name) => [name, new Map()]));
  for (const { labels, log } of found) {
    const all: Readonly<Record<string, string>> = { service: log.service, level: log.level, ...labels };
    for (const name of names ?? Object.keys(all)) {
      const value = Object.hasOwn(all, name) ? all[name] : undefined;
      if (value !== undefined && value !== '') {
        const values = counts.get(name) ?? new Map<string, number>();
        counts.set(name, values);
        values.set(value, (values.get(value) ?? 0) + 1);
      }
    }
  }
  const facets = [...counts]
    .filter(([, values]) => values.size > 0 && (names !== undefined || values.size <= VALUES_MAX))
    .map(([label, values]) => facetOf(label, values, limit));
  return names === undefined ? facets.sort((a, b) => logsOf(b) - logsOf(a)).slice(0, LABELS_MAX) : facets;
}

function facetOf(label: string, values: ReadonlyMap<string, number>, limit: number): Facet {
  const ordered = [...values].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    label,
    values: ordered.slice(0, limit).map(([value, count]) => ({ value, count })),
    hasMore: ordered.length > limit,
    isEstimate: false,
  };
}

function logsOf({ values }: Facet): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}
