import type { Turns } from '../evaluate/turns.ts';
import { printField } from '../syntax/print/print-field.ts';
import type { MeasuringAggregate } from './measure.ts';
import type { MetricsGrid } from './metrics-grid.ts';
import type { Exemplar, MetricsSeries, SeriesLabel } from './metrics-series.ts';
import { quantileOfPowers } from './quantile-of-powers.ts';
import type { SpanGroupCells } from './span-group-table.ts';

/** What series are made within. */
interface SeriesBounds {
  readonly grid: MetricsGrid;
  readonly turns: Turns;
  /** Of each series. */
  readonly exemplarsMax: number;
}

/** What an aggregate makes of what was measured. Throws `query-too-large` before it makes too much, and `query-timeout`. */
export async function seriesOfGroups(
  aggregate: MeasuringAggregate,
  groups: readonly SpanGroupCells[],
  bounds: SeriesBounds,
): Promise<MetricsSeries[]> {
  if (aggregate.kind === 'quantile_over_time') {
    bounds.grid.checkSeries(groups.length * aggregate.quantiles.length);
  }
  const series: MetricsSeries[] = [];
  for (const group of groups) {
    await bounds.turns.pass();
    const labels = aggregate.by.map((field, place) => ({ name: printField(field), value: group.by[place] }));
    switch (aggregate.kind) {
      case 'histogram_over_time':
        series.push(...histogram(group, labels));
        break;
      case 'quantile_over_time':
        series.push(...(await quantiles(group, labels, aggregate.quantiles, bounds)));
        break;
      default: {
        const named = labels.length === 0 ? [{ name: '__name__', value: aggregate.kind }] : labels;
        series.push(single(aggregate.kind, group, named, bounds.grid));
      }
    }
  }
  return series;
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

async function quantiles(
  { columns, exemplars }: SpanGroupCells,
  labels: readonly SeriesLabel[],
  all: readonly number[],
  { grid, turns, exemplarsMax }: SeriesBounds,
): Promise<MetricsSeries[]> {
  const powers = [...columns].sort(([a], [b]) => a - b);
  const kept = [...exemplars.values()].flatMap((slots) => slots.exemplars).sort(byTime);
  const ascending = new Map<number, Float64Array>();
  for (const quantile of [...new Set(all)].sort((a, b) => a - b)) {
    await turns.pass();
    const values = Float64Array.from({ length: grid.bucketCount }, (_, bucket) =>
      quantileOfPowers(
        quantile,
        powers.map(([power, counts]) => ({ power, count: counts[bucket] ?? 0 })),
      ),
    );
    ascending.set(quantile, values);
  }
  const edges = [...ascending.keys()];
  return all.map((quantile) => {
    const place = edges.indexOf(quantile);
    const values = ascending.get(quantile) ?? new Float64Array(grid.bucketCount);
    const floor = ascending.get(edges[place - 1] ?? Number.NaN);
    const isHighest = place === edges.length - 1;
    const mine = kept.filter(({ time, value }) => {
      const bucket = grid.bucketOf(time);
      const isAbove = floor === undefined || value > (floor[bucket] ?? 0);
      return isAbove && (isHighest || value <= (values[bucket] ?? 0));
    });
    return { labels: [...labels, { name: 'p', value: quantile }], values, exemplars: spread(mine, exemplarsMax) };
  });
}

function byTime(a: Exemplar, b: Exemplar): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : a.spanId < b.spanId ? -1 : 1;
}

/** So many of them at most, evenly. */
function spread(exemplars: readonly Exemplar[], max: number): readonly Exemplar[] {
  return exemplars.length <= max
    ? exemplars
    : Array.from({ length: max }, (_, place) => exemplars[Math.floor((place * exemplars.length) / max)]).filter(
        (one) => one !== undefined,
      );
}
