import {
  AegisError,
  type LabelValues,
  type LogReader,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type UnixNanos,
} from '@aegisguard/model';
import type { MetricExpression } from '../syntax/ast/metric-expression.ts';
import { POINTS_TOTAL_MAX, SERIES_MAX, tooMany } from './answer-limits.ts';
import { CellBudget } from './cell-budget.ts';
import { defaultStep } from './default-step.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import type { Evaluation } from './evaluation.ts';
import { compareLabelSets } from './label-set.ts';
import { ReadCost } from './read-cost.ts';
import { layOutGrid, type TimeGrid } from './time-grid.ts';
import { Turns } from './turns.ts';
import { hasPoints, type Value, type VectorSeries } from './value.ts';

/** One series of a metric query's answer: unix seconds and values, ascending; times without a value are absent. Values may be NaN and infinite, labels empty. */
export interface MatrixSeries {
  readonly labels: LabelValues;
  readonly points: readonly (readonly [unixSeconds: number, value: number])[];
}

/** A metric query's answer, its series ordered by their labels; those of an instant query that sorts, as it sorts them. */
export interface Matrix {
  readonly series: readonly MatrixSeries[];
  /** The query is a number, which is given as a series without labels. */
  readonly isScalar: boolean;
  readonly stats: QueryStats;
}

/** The times of a metric query. */
export interface MetricWindow {
  readonly start: UnixNanos;
  /** Inclusive. The same as the start for an instant query. */
  readonly end: UnixNanos;
  /** Nanoseconds, > 0; a natural one when absent. Of an instant query it has no meaning. */
  readonly step?: bigint;
}

/** How a query is evaluated. */
export interface EvaluationOptions {
  /** False leaves to the pipeline what the store could do: tests compare both ways. */
  readonly pushesDown?: boolean;
}

/**
 * Evaluates a metric query at every step from `start` to `end`, both included. Besides what the reader throws: `invalid-request`, `query-not-runnable` with Loki's text,
 * `query-too-large`, `query-timeout`, `query-cancelled`.
 */
export async function evaluateMetricQuery(
  reader: LogReader,
  orgId: OrgId,
  query: MetricExpression,
  { start, end, step = defaultStep(start, end) }: MetricWindow,
  bounds: QueryBounds,
  { pushesDown = true }: EvaluationOptions = {},
): Promise<Matrix> {
  if (start > end) {
    throw new AegisError('invalid-request', { detail: 'The start is after the end.' });
  }
  const evaluation: Evaluation = {
    reader,
    orgId,
    grid: layOutGrid(start, end, step),
    turns: new Turns(bounds, () => performance.now()),
    cost: new ReadCost(),
    cells: new CellBudget(),
    pushesDown,
    evaluate: (expression) => evaluateExpression(evaluation, expression),
  };
  const value = await evaluation.evaluate(query);
  const series = seriesOf(value, evaluation.grid);
  if (start !== end || !sorts(query)) {
    series.sort((a, b) => compareLabelSets(a.labels, b.labels));
  }
  return {
    series: await answerOf(series, evaluation),
    isScalar: value.type === 'scalar',
    stats: evaluation.cost.stats,
  };
}

function seriesOf(value: Value, { points }: TimeGrid): VectorSeries[] {
  if (value.type === 'vector') {
    return value.series.filter(hasPoints);
  }
  return [{ labels: [], present: new Uint8Array(points).fill(1), values: new Float64Array(points).fill(value.value) }];
}

/** Whether a query sorts anywhere: then what an instant query answers stays in its order. */
function sorts(query: MetricExpression): boolean {
  switch (query.kind) {
    case 'vector-aggregation':
      return query.operation === 'sort' || query.operation === 'sort_desc' || sorts(query.operand);
    case 'binary-operation':
      return sorts(query.left) || sorts(query.right);
    case 'label-replace':
      return sorts(query.operand);
    default:
      return false;
  }
}

async function answerOf(vector: readonly VectorSeries[], { grid, turns }: Evaluation): Promise<MatrixSeries[]> {
  if (vector.length > SERIES_MAX) {
    throw tooMany('series', SERIES_MAX);
  }
  const pointsTotal = vector.reduce((total, { present }) => present.reduce((sum, one) => sum + one, total), 0);
  if (pointsTotal > POINTS_TOTAL_MAX) {
    throw tooMany('points', POINTS_TOTAL_MAX);
  }
  const times = Array.from({ length: grid.points }, (_, point) => unixSeconds(grid.start + BigInt(point) * grid.step));
  const answer: MatrixSeries[] = [];
  for (const { labels, present, values } of vector) {
    const points: [number, number][] = [];
    for (const [point, time] of times.entries()) {
      if (present[point] === 1) {
        points.push([time, values[point] ?? 0]);
      }
    }
    answer.push({ labels: Object.fromEntries(labels), points });
    await turns.pass();
  }
  return answer;
}

/** Unix seconds as a number. In microseconds first: a bigint of nanoseconds has no exact double at today's dates, and `10.25` would become `10.249999761`. */
function unixSeconds(time: bigint): number {
  return Number(time / 1000n) / 1e6;
}
