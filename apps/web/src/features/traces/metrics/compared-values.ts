import type { TraceMetricsAnswer } from '@aegisguard/model';

/** A value of a field, and which share of the spans of each side has it. */
export interface ComparedValue {
  readonly value: string;
  /** 0 to 1, of all spans of the side, whether they have the field or not: what few have says little. Undefined: of this side the values of the field were too many to be counted. */
  readonly selection: number | undefined;
  readonly baseline: number | undefined;
}

/** A field by which the chosen spans differ from the others. */
export interface ComparedField {
  readonly field: string;
  /** Those whose shares differ most, first; last those of which only one share is known. */
  readonly values: readonly ComparedValue[];
  /** By how much the shares of its most different value differ; 0 when that is not known. */
  readonly distance: number;
  /** It has more values than are told. */
  readonly hasMore: boolean;
}

/** Labels that say what a series counts, not of which value. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
const TYPE = '__meta_type';
const ERROR = '__meta_error';

const SIDES = ['selection', 'baseline'] as const;
type BySide = Readonly<Record<(typeof SIDES)[number], number>>;

/** What one side tells of a field. */
class SideCounts {
  readonly values = new Map<string, number>();
  total = 0;
  hasMore = false;

  /** Both sides tell the same values. One that has more and tells none has not counted them; what it does not tell otherwise, it does not have. */
  shareOf(value: string, total: number): number | undefined {
    if (this.hasMore && this.values.size === 0) {
      return undefined;
    }
    return total === 0 ? 0 : (this.values.get(value) ?? 0) / total;
  }
}

type Counts = Readonly<Record<(typeof SIDES)[number], SideCounts>>;

function countsByField(series: TraceMetricsAnswer['series']): ReadonlyMap<string, Counts> {
  const byField = new Map<string, Counts>();
  for (const { labels, points } of series) {
    const { [TYPE]: type, [ERROR]: error, ...rest } = labels;
    const [[field, value] = []] = Object.entries(rest);
    const side = type?.startsWith('selection') === true ? 'selection' : 'baseline';
    if (field === undefined || value === undefined) {
      continue;
    }
    const counts = byField.get(field) ?? { selection: new SideCounts(), baseline: new SideCounts() };
    byField.set(field, counts);
    const told = counts[side];
    const sum = points.reduce((all, [, count]) => all + count, 0);
    if (error !== undefined) {
      told.hasMore = true;
    } else if (type?.endsWith('_total') === true) {
      told.total += sum;
    } else {
      told.values.set(value, (told.values.get(value) ?? 0) + sum);
    }
  }
  return byField;
}

function differenceOf({ selection, baseline }: ComparedValue): number {
  return selection === undefined || baseline === undefined ? 0 : Math.abs(selection - baseline);
}

function comparedField(field: string, counts: Counts, totals: BySide): ComparedField {
  const values = [...new Set(SIDES.flatMap((side) => [...counts[side].values.keys()]))]
    .map((value) => ({
      value,
      selection: counts.selection.shareOf(value, totals.selection),
      baseline: counts.baseline.shareOf(value, totals.baseline),
    }))
    .sort((left, right) => differenceOf(right) - differenceOf(left));
  const distance = Math.max(0, ...values.slice(0, 1).map(differenceOf));
  return { field, values, distance, hasMore: SIDES.some((side) => counts[side].hasMore) };
}

/** What `compare` answers over the whole range, the fields that tell the two sides apart best first. */
export function comparedFields({ series }: Pick<TraceMetricsAnswer, 'series'>): readonly ComparedField[] {
  const counts = countsByField(series);
  const spansOf = (side: keyof Counts): number => Math.max(0, ...[...counts.values()].map((each) => each[side].total));
  const totals = { selection: spansOf('selection'), baseline: spansOf('baseline') };
  return [...counts]
    .map(([field, each]) => comparedField(field, each, totals))
    .filter(({ values }) => values.length > 0)
    .sort((left, right) => right.distance - left.distance);
}
