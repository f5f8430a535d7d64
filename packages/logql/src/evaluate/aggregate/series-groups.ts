import type { Labels } from '@aegisguard/model';
import type { Grouping } from '../../syntax/ast/grouping.ts';
import { labelsKey } from '../label-set.ts';
import type { VectorSeries } from '../value.ts';

/** Series that are aggregated to one. */
export interface SeriesGroup {
  readonly labels: Labels;
  readonly members: VectorSeries[];
}

/** A vector divided into the groups of an aggregation, in the order of their first members; without a grouping it is one. */
export function groupSeries(grouping: Grouping | undefined, vector: readonly VectorSeries[]): SeriesGroup[] {
  const isWithout = grouping?.kind === 'without';
  const named = new Set(grouping?.labels);
  const groups = new Map<string, SeriesGroup>();
  for (const series of vector) {
    // What is left of labels that are taken away has a value.
    const labels = series.labels.filter(
      ([name, value]) => named.has(name) !== isWithout && !(isWithout && value === ''),
    );
    const key = labelsKey(labels);
    const group = groups.get(key) ?? { labels, members: [] };
    groups.set(key, group);
    group.members.push(series);
  }
  return [...groups.values()];
}
