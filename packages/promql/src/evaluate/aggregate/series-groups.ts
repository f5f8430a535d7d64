import type { Labels } from '@aegisguard/model';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import { labelsKey } from '../labels-key.ts';
import type { VectorSeries } from '../value.ts';
import { groupLabels } from './group-labels.ts';

/** Series that are aggregated to one. */
export interface SeriesGroup<Members> {
  readonly labels: Labels;
  /** Whether the name of the group's result is to be removed: any member's is. */
  dropsName: boolean;
  readonly members: Members;
}

/** The groups of an aggregation, in the order of their first members, with what is kept of their members. */
export class SeriesGroups<Members> {
  readonly #isCommon: (name: string) => boolean;
  readonly #none: () => Members;
  readonly #groups = new Map<string, SeriesGroup<Members>>();

  constructor(aggregation: Pick<Aggregation, 'grouping' | 'isWithout'>, none: () => Members) {
    this.#isCommon = groupLabels(aggregation);
    this.#none = none;
  }

  /** What is kept of the series' group, to which it belongs from now on. */
  of(series: VectorSeries): Members {
    const key = labelsKey(series.labels, this.#isCommon);
    let group = this.#groups.get(key);
    if (group === undefined) {
      const labels = series.labels.filter(([name]) => this.#isCommon(name));
      group = { labels, dropsName: false, members: this.#none() };
      this.#groups.set(key, group);
    }
    group.dropsName ||= series.dropsName;
    return group.members;
  }

  get all(): Iterable<SeriesGroup<Members>> {
    return this.#groups.values();
  }
}

/** A vector divided into the groups of an aggregation. */
export function groupSeries(
  aggregation: Pick<Aggregation, 'grouping' | 'isWithout'>,
  vector: readonly VectorSeries[],
): SeriesGroup<VectorSeries[]>[] {
  const groups = new SeriesGroups<VectorSeries[]>(aggregation, () => []);
  for (const series of vector) {
    groups.of(series).push(series);
  }
  return [...groups.all];
}
