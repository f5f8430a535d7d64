import type { TraceMetricsAnswer } from '@aegisguard/model';

/** A value of a field, and which share of the spans of each side has it. */
export interface ComparedValue {
  readonly value: string;
  /** 0 to 1, of all spans of the side, whether they have the field or not: what few have says little. */
  readonly selection: number;
  readonly baseline: number;
}

/** A field by which the chosen spans differ from the others. */
export interface ComparedField {
  readonly field: string;
  /** Those whose shares differ most, first. */
  readonly values: readonly ComparedValue[];
  /** By how much the shares of its most different value differ. */
  readonly distance: number;
  /** It has more values than are counted. */
  readonly hasMore: boolean;
}

/** Labels that say what a series counts, not of which value. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
const TYPE = '__meta_type';
const ERROR = '__meta_error';

interface Counts {
  readonly values: Map<string, { selection: number; baseline: number }>;
  readonly totals: { selection: number; baseline: number };
  hasMore: boolean;
}

function shareOf(count: number, total: number): number {
  return total === 0 ? 0 : count / total;
}

function countsByField(series: TraceMetricsAnswer['series']): ReadonlyMap<string, Counts> {
  const byField = new Map<string, Counts>();
  for (const { labels, points } of series) {
    const { [TYPE]: type, [ERROR]: error, ...rest } = labels;
    const [[field, value] = []] = Object.entries(rest);
    const side = type?.startsWith('selection') === true ? 'selection' : 'baseline';
    if (field === undefined || value === undefined) {
      continue;
    }
    const counts = byField.get(field) ?? { values: new Map(), totals: { selection: 0, baseline: 0 }, hasMore: false };
    byField.set(field, counts);
    const sum = points.reduce((all, [, count]) => all + count, 0);
    if (error !== undefined) {
      counts.hasMore = true;
    } else if (type?.endsWith('_total') === true) {
      counts.totals[side] += sum;
    } else {
      const known = counts.values.get(value) ?? { selection: 0, baseline: 0 };
      known[side] += sum;
      counts.values.set(value, known);
    }
  }
  return byField;
}

/** What `compare` answers over the whole range, the fields that tell the two sides apart best first. */
export function comparedFields({ series }: Pick<TraceMetricsAnswer, 'series'>): readonly ComparedField[] {
  const counts = countsByField(series);
  const totals = {
    selection: Math.max(0, ...[...counts.values()].map((each) => each.totals.selection)),
    baseline: Math.max(0, ...[...counts.values()].map((each) => each.totals.baseline)),
  };
  const difference = ({ selection, baseline }: ComparedValue): number => Math.abs(selection - baseline);
  return [...counts]
    .map(([field, { values, hasMore }]) => {
      const compared = [...values]
        .map(([value, { selection, baseline }]) => ({
          value,
          selection: shareOf(selection, totals.selection),
          baseline: shareOf(baseline, totals.baseline),
        }))
        .sort((left, right) => difference(right) - difference(left));
      return { field, values: compared, distance: Math.max(0, ...compared.slice(0, 1).map(difference)), hasMore };
    })
    .filter(({ values }) => values.length > 0)
    .sort((left, right) => right.distance - left.distance);
}
