import { printField } from '../syntax/print/print-field.ts';
import type { MeasuringAggregate } from './measure.ts';
import type { MetricsGrid } from './metrics-grid.ts';
import type { Exemplar, MetricsSeries, SeriesLabel } from './metrics-series.ts';
import { quantileOfPowers } from './quantile-of-powers.ts';
import type { SpanGroupCells } from './span-group-table.ts';

/** What an aggregate makes of what was measured. */
export function seriesOfGroups(
  aggregate: MeasuringAggregate,
  groups: readonly SpanGroupCells[],
  grid: MetricsGrid,
  exemplarsMax: number,
): MetricsSeries[] {
  return groups.flatMap((group) => {
    const labels = aggregate.by.map((field, place) => ({ name: printField(field), value: group.by[place] }));
    switch (aggregate.kind) {
      case 'histogram_over_time':
        return histogram(group, labels);
      case 'quantile_over_time':
        return aggregate.quantiles.map((quantile) => ({
          labels: [...labels, { name: 'p', value: quantile }],
          ...quantiles(group, quantile, aggregate.quantiles, grid, exemplarsMax),
        }));
      default: {
        const named = labels.length === 0 ? [{ name: '__name__', value: aggregate.kind }] : labels;
        return [single(aggregate.kind, group, named, grid)];
      }
    }
  });
}

function single(
  kind: MeasuringAggregate['kind'],
  { columns, counts, exemplars }: SpanGroupCells,
  labels: readonly SeriesLabel[],
  grid: MetricsGrid,
): MetricsSeries {
  const measured = columns.get(0) ?? new Float64Array(grid.bucketCount).fill(Number.NaN);
  const values = measured.map((value, bucket) =>
    kind === 'rate' ? value / grid.stepSeconds : counts === undefined ? value : value / (counts[bucket] ?? 0),
  );
  const kept = exemplars.get(0)?.exemplars ?? [];
  const isCount = kind === 'rate' || kind === 'count_over_time';
  // A span that is counted has no value of its own: it stands at the height of its bucket.
  const shown = isCount ? kept.map((one) => ({ ...one, value: values[grid.bucketOf(one.time)] ?? 0 })) : kept;
  return { labels, values, exemplars: shown };
}

function histogram({ columns, exemplars }: SpanGroupCells, labels: readonly SeriesLabel[]): MetricsSeries[] {
  return [...columns].map(([power, values]) => ({
    labels: [...labels, { name: '__bucket', value: power }],
    values,
    exemplars: exemplars.get(power)?.exemplars ?? [],
  }));
}

function quantiles(
  group: SpanGroupCells,
  quantile: number,
  all: readonly number[],
  grid: MetricsGrid,
  exemplarsMax: number,
): Omit<MetricsSeries, 'labels'> {
  const powers = [...group.columns].sort(([a], [b]) => a - b);
  const valuesOf = (asked: number): Float64Array =>
    Float64Array.from({ length: grid.bucketCount }, (_, bucket) =>
      quantileOfPowers(
        asked,
        powers.map(([power, counts]) => ({ power, count: counts[bucket] ?? 0 })),
      ),
    );
  const values = valuesOf(quantile);
  const lower = all.filter((other) => other < quantile).sort((a, b) => b - a)[0];
  const floor = lower === undefined ? undefined : valuesOf(lower);
  const isHighest = all.every((other) => other <= quantile);
  const mine = (exemplar: Exemplar): boolean => {
    const bucket = grid.bucketOf(exemplar.time);
    const isAbove = floor === undefined || exemplar.value > (floor[bucket] ?? 0);
    return isAbove && (isHighest || exemplar.value <= (values[bucket] ?? 0));
  };
  const exemplars = [...group.exemplars.values()]
    .flatMap((slots) => slots.exemplars)
    .filter(mine)
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.spanId < b.spanId ? -1 : 1));
  return { values, exemplars: spread(exemplars, exemplarsMax) };
}

/** So many of them at most, evenly. */
function spread(exemplars: readonly Exemplar[], max: number): readonly Exemplar[] {
  return exemplars.length <= max
    ? exemplars
    : Array.from({ length: max }, (_, place) => exemplars[Math.floor((place * exemplars.length) / max)]).filter(
        (one) => one !== undefined,
      );
}
