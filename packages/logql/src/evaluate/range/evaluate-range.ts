import type { Grouping } from '../../syntax/ast/grouping.ts';
import type { RangeAggregation } from '../../syntax/ast/range-aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { isPlain } from '../select/filter-hints.ts';
import { planNothing, planSelection, type SelectionPlan } from '../select/plan-selection.ts';
import type { VectorSeries } from '../value.ts';
import { absentSeries } from './absent-series.ts';
import { needsNoLabels, withoutParsers } from './asked-labels.ts';
import { countRange, equalBuckets } from './count-range.ts';
import { openSampler } from './line-sampler.ts';
import { scanRange } from './scan-range.ts';
import { windowBuckets } from './window-buckets.ts';

const ALL_TOGETHER: Grouping = { kind: 'by', labels: [] };

/** A range aggregation at every point. `outer` is the grouping of a sum over it: its series are made as that one wants them, as in Loki. */
export async function evaluateRange(
  evaluation: Evaluation,
  aggregation: RangeAggregation,
  outer?: Grouping,
): Promise<readonly VectorSeries[]> {
  const { grid } = evaluation;
  const { range, operation } = aggregation;
  const isAbsence = operation === 'absent_over_time';
  const grouping = isAbsence ? ALL_TOGETHER : (aggregation.grouping ?? outer);
  const windows = windowBuckets(grid, range.range, range.offset);
  const plan = planOf(evaluation, aggregation, grouping);
  const by = evaluation.pushesDown ? countedLabels(aggregation, plan, grouping) : undefined;
  const buckets = equalBuckets(windows, grid.step, range.range, grid.points);
  const found =
    by !== undefined && buckets !== undefined
      ? await countRange(evaluation, aggregation, plan, windows, buckets, by)
      : await scanRange(evaluation, {
          aggregation,
          grouping,
          selection: plan,
          windows,
          sampler: openSampler(aggregation, plan.stages, grouping),
        });
  return isAbsence ? absentSeries(range.query.matchers, found, grid.points) : found;
}

/** The labels by which the store can count the logs of an aggregation; undefined where it cannot. */
function countedLabels(
  { range }: RangeAggregation,
  { stages }: SelectionPlan,
  grouping: Grouping | undefined,
): readonly string[] | undefined {
  const isCountable = range.unwrap === undefined && stages.length === 0 && grouping?.kind === 'by';
  return isCountable && grouping.labels.every(isPlain) ? grouping.labels : undefined;
}

function planOf(
  { pushesDown }: Evaluation,
  { range }: RangeAggregation,
  grouping: Grouping | undefined,
): SelectionPlan {
  if (!pushesDown) {
    return planNothing(range.query);
  }
  const plan = planSelection(range.query);
  return needsNoLabels(range, grouping) ? { ...plan, stages: withoutParsers(plan.stages) } : plan;
}
