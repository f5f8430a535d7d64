import type { Labels } from '@aegisguard/model';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import { labelsKey } from '../labels-key.ts';
import type { VectorSeries } from '../value.ts';
import { groupLabels } from './group-labels.ts';

/** Series that are aggregated to one. */
export interface SeriesGroup {
  readonly labels: Labels;
  readonly members: VectorSeries[];
}

/** A vector divided into the groups of an aggregation, in the order of their first members. */
export function groupSeries(aggregation: Aggregation, vector: readonly VectorSeries[]): SeriesGroup[] {
  const labelsOfGroup = groupLabels(aggregation);
  const groups = new Map<string, SeriesGroup>();
  for (const series of vector) {
    const labels = labelsOfGroup(series.labels);
    const key = labelsKey(labels);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { labels, members: [series] });
    } else {
      group.members.push(series);
    }
  }
  return [...groups.values()];
}

/** Whether the name of a group's result is to be removed: any member's is. */
export function dropsName({ members }: SeriesGroup): boolean {
  return members.some((series) => series.dropsName);
}
