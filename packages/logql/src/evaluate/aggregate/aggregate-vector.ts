// https://grafana.com/docs/loki/latest/query/metric_queries/#built-in-aggregation-operators
import type { VectorAggregation } from '../../syntax/ast/vector-aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import type { VectorSeries } from '../value.ts';
import { foldGroup } from './fold-group.ts';
import { rankGroup, sortSeries } from './rank-group.ts';
import { groupSeries, type SeriesGroup } from './series-groups.ts';

/** An aggregation over the series of each point. */
export async function aggregateVector(
  evaluation: Evaluation,
  aggregation: VectorAggregation,
  vector: readonly VectorSeries[],
): Promise<VectorSeries[]> {
  const { operation, grouping } = aggregation;
  if (operation === 'sort' || operation === 'sort_desc') {
    return sortSeries(vector, operation === 'sort_desc');
  }
  const results: (readonly VectorSeries[])[] = [];
  for (const group of groupSeries(grouping, vector)) {
    results.push(await resultsOf(evaluation, aggregation, group));
  }
  return results.flat();
}

async function resultsOf(
  evaluation: Evaluation,
  { operation, parameter = 1 }: VectorAggregation,
  group: SeriesGroup,
): Promise<readonly VectorSeries[]> {
  switch (operation) {
    case 'topk':
    case 'approx_topk':
      return rankGroup(evaluation, group.members, parameter, true);
    case 'bottomk':
      return rankGroup(evaluation, group.members, parameter, false);
    case 'sort':
    case 'sort_desc':
      return group.members;
    default:
      return [await foldGroup(evaluation, operation, group)];
  }
}
