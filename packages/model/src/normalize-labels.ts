import type { Labels } from './metric-batch.ts';

/** The label that is a series' metric name. */
export const METRIC_NAME = '__name__';

function compareNames(left: readonly [string, string], right: readonly [string, string]): number {
  return left[0] < right[0] ? -1 : Number(left[0] > right[0]);
}

/** Labels, in any order, as they are stored: sorted, without those of an empty value, which mean the same as none. Of a name that is there twice the first stays. */
export function normalizeLabels(labels: readonly (readonly [name: string, value: string])[]): Labels {
  const kept = labels.filter(([name, value]) => name !== '' && value !== '').sort(compareNames);
  return kept.filter(([name], at) => at === 0 || kept[at - 1]?.[0] !== name);
}
