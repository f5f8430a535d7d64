import {
  type BucketCounts,
  COMPARED_ATTRIBUTES_MAX,
  COMPARED_SIDES,
  type ComparedAttribute,
  type ComparedSide,
  type OrgId,
  type SpanComparison,
  type SpanQueryReader,
  tooManyComparedAttributes,
  totalStats,
} from '@aegisguard/model';
import { compileCondition } from '../evaluate/compile-condition.ts';
import type { Turns } from '../evaluate/turns.ts';
import { SpanNeeds } from '../plan/span-needs.ts';
import { eachField } from '../plan/walk-fields.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import type { MetricsAggregate } from '../syntax/ast/trace-query.ts';
import { ComparedSpans } from './compared-spans.ts';
import type { MetricsGrid } from './metrics-grid.ts';
import type { MetricsSeries, SeriesLabel } from './metrics-series.ts';
import { SpanSource } from './span-source.ts';
import { conditionOfRows, spansOfRows } from './spans-alone.ts';

/** An attribute with more values than this on a side is said to have too many, and none of them is told there. */
const VALUES_MAX = 2_000;

/** The spans that a pipeline finds are compared. */
export interface ComparisonQuest {
  readonly spansets: SpansetPipeline;
  readonly aggregate: Extract<MetricsAggregate, { kind: 'compare' }>;
}

interface Within {
  readonly grid: MetricsGrid;
  readonly turns: Turns;
}

/** Splits spans into those of a selection and the others, and counts both by what they have: the store by itself where each span alone tells whether it is meant and chosen, and the store tells exactly; else by looking at the spans. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
export async function compareSpans(
  reader: SpanQueryReader,
  orgId: OrgId,
  quest: ComparisonQuest,
  within: Within,
): Promise<{ readonly series: readonly MetricsSeries[]; readonly stats: SpanComparison['stats'] }> {
  const { sides, stats } =
    (await comparedByStore(reader, orgId, quest, within)) ?? (await comparedOneByOne(reader, orgId, quest, within));
  return { series: seriesOfSides(sides, within.grid), stats };
}

async function comparedByStore(
  reader: SpanQueryReader,
  orgId: OrgId,
  { spansets, aggregate: { selection, topN, start: from, end: until } }: ComparisonQuest,
  { grid, turns }: Within,
): Promise<SpanComparison | undefined> {
  const meant = spansOfRows(spansets);
  const chosen = conditionOfRows(selection.condition);
  if (meant?.isExact !== true || chosen === undefined || grid.bucketCount === 0) {
    return undefined;
  }
  const { start, end, step } = grid;
  const selected = {
    condition: chosen,
    ...(from === undefined ? {} : { start: from }),
    ...(until === undefined ? {} : { end: until }),
  };
  const bounds = { valuesMax: VALUES_MAX, topN, toldMax: grid.seriesMax };
  const asked = { condition: meant.condition, selected, start, end, step, ...bounds };
  return await reader.compareSpans(orgId, asked, turns.bounds);
}

async function comparedOneByOne(
  reader: SpanQueryReader,
  orgId: OrgId,
  { spansets, aggregate: { selection, topN, start, end } }: ComparisonQuest,
  { grid, turns }: Within,
): Promise<SpanComparison> {
  const needs = new SpanNeeds();
  needs.addAttributes();
  if (selection.condition !== undefined) {
    eachField(selection.condition, needs.add);
  }
  const source = new SpanSource(reader, orgId, spansets, needs, { grid, turns, lastVersions: true });
  const test = selection.condition === undefined ? () => true : compileCondition(selection.condition);
  const compared = new ComparedSpans(VALUES_MAX);
  await source.each((trace, index) => {
    const { startTime } = trace.at(index);
    const isSelected =
      (start === undefined || startTime >= start) && (end === undefined || startTime < end) && test(trace, index);
    compared.add(isSelected ? 'selection' : 'baseline', trace, index, grid.bucketOf(startTime));
  });
  return { sides: compared.told(topN), stats: totalStats(source.stats) };
}

function seriesOfSides(sides: SpanComparison['sides'], grid: MetricsGrid): MetricsSeries[] {
  if (COMPARED_SIDES.some((side) => sides[side].size > COMPARED_ATTRIBUTES_MAX)) {
    throw tooManyComparedAttributes();
  }
  const all = COMPARED_SIDES.flatMap((side) => [...sides[side]].map(([name, told]) => ({ side, name, told })));
  grid.checkSeries(all.reduce((sum, { told }) => sum + told.values.size + (told.hasMore ? 2 : 1), 0));
  return all.flatMap(({ side, name, told }) => seriesOfAttribute(side, name, told, grid));
}

/** The values told, their total, and what says that there are more. */
function seriesOfAttribute(
  side: ComparedSide,
  name: string,
  { total, values, hasMore }: ComparedAttribute,
  grid: MetricsGrid,
): MetricsSeries[] {
  const type: SeriesLabel = { name: '__meta_type', value: side };
  const field: SeriesLabel = { name, value: undefined };
  const ofAll: SeriesLabel = { name: '__meta_type', value: `${side}_total` };
  const tooMany: SeriesLabel = { name: '__meta_error', value: '__too_many_values__' };
  return [
    ...[...values].map(([value, buckets]) => seriesOf([type, { name, value }], buckets, grid)),
    seriesOf([ofAll, field], total, grid),
    ...(hasMore ? [seriesOf([tooMany, type, field], total, grid)] : []),
  ];
}

function seriesOf(labels: readonly SeriesLabel[], buckets: BucketCounts, grid: MetricsGrid): MetricsSeries {
  const values = new Float64Array(grid.bucketCount);
  for (const [bucket, spans] of buckets) {
    values[bucket] = spans;
  }
  return { labels, values, exemplars: [] };
}
