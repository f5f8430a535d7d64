import {
  AegisError,
  type LogReader,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import type { MetricQuery } from '../syntax/ast/query.ts';
import type { RangeAggregation } from '../syntax/ast/range-aggregation.ts';
import { defaultStep } from './default-step.ts';
import { selectionOf } from './selection-of.ts';
import { sumWindows, type WindowCount } from './sum-windows.ts';
import { layOutGrid, type TimeGrid } from './time-grid.ts';

/** One series of a metric query's answer: unix seconds and values, ascending; times without a log are absent, as labels without a value are. */
export interface MatrixSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [unixSeconds: number, value: number])[];
}

/** A metric query's answer, its series ordered by their labels. */
export interface Matrix {
  readonly series: readonly MatrixSeries[];
  readonly stats: QueryStats;
}

/** The times of a metric query. */
export interface MetricWindow {
  readonly start: UnixNanos;
  /** Inclusive. */
  readonly end: UnixNanos;
  /** Nanoseconds, > 0; a natural one when absent. */
  readonly step?: bigint;
}

/** Loki's series have all labels of the stream; ours have those that every log has a column for, since attributes may be countless. */
const UNGROUPED_LABELS = ['service', 'level', 'host', 'env'] as const;
const SERIES_MAX = 1000;
/** Of all series together; an answer of that many is some 30 MB of JSON. */
const POINTS_TOTAL_MAX = 1_000_000;
const NANOS_PER_SECOND = 1e9;

function tooMany(what: string, limit: number): AegisError {
  return new AegisError('query-too-large', {
    detail: `The answer has more than ${limit} ${what}; select less, group by fewer labels or choose a longer step.`,
    members: { limit },
  });
}

function valueAt({ operation, range }: RangeAggregation, count: number): number {
  return operation === 'rate' ? count / (Number(range) / NANOS_PER_SECOND) : count;
}

function withoutEmpty(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

/** Unix seconds as a number. In microseconds first: a bigint of nanoseconds has no exact double at today's dates, and `10.25` would become `10.249999761`. */
function unixSeconds(time: bigint): number {
  return Number(time / 1000n) / 1e6;
}

function pointsOf(sums: readonly WindowCount[], grid: TimeGrid, operand: RangeAggregation): [number, number][] {
  return sums.map(({ point, count }) => [unixSeconds(grid.start + BigInt(point) * grid.step), valueAt(operand, count)]);
}

function compareLabels(a: MatrixSeries, b: MatrixSeries): number {
  const [left, right] = [JSON.stringify(Object.entries(a.labels)), JSON.stringify(Object.entries(b.labels))];
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/**
 * Evaluates a metric query at every step from `start` to `end`, both included. At time t it counts the logs in (t − range, t]. Without `sum`, the series are those of
 * the labels service, level, host and env.
 */
export async function evaluateMetricQuery(
  reader: LogReader,
  orgId: OrgId,
  query: MetricQuery,
  { start, end, step = defaultStep(start, end) }: MetricWindow,
  bounds: QueryBounds,
): Promise<Matrix> {
  const operand = query.kind === 'vector-aggregation' ? query.operand : query;
  const grid = layOutGrid(start, end, step, operand.range);
  const { series: counted, stats } = await reader.countLogs(
    orgId,
    {
      ...selectionOf(query),
      // Windows are open below and closed above, a selection the other way round: one nanosecond later on both sides.
      start: unixNanos(grid.origin + 1n),
      end: unixNanos(grid.last + 1n),
      origin: grid.origin,
      bucket: grid.bucket,
      edges: '(]',
      by: query.kind === 'vector-aggregation' ? query.by : UNGROUPED_LABELS,
    },
    bounds,
  );
  if (counted.length > SERIES_MAX) {
    throw tooMany('series', SERIES_MAX);
  }
  const series: MatrixSeries[] = [];
  let pointsTotal = 0;
  for (const group of counted) {
    const points = pointsOf(sumWindows(group, grid), grid, operand);
    pointsTotal += points.length;
    if (pointsTotal > POINTS_TOTAL_MAX) {
      throw tooMany('points', POINTS_TOTAL_MAX);
    }
    if (points.length > 0) {
      series.push({ labels: withoutEmpty(group.labels), points });
    }
  }
  return { series: series.sort(compareLabels), stats };
}
