// https://grafana.com/docs/loki/latest/query/metric_queries/#built-in-aggregation-operators
import type { VectorAggregation } from '../../syntax/ast/vector-aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import type { VectorSeries } from '../value.ts';
import { foldGroup } from './fold-group.ts';
import { rankGroup, sortSeries } from './rank-group.ts';
import { groupSeries, type SeriesGroup } from './series-groups.ts';

/** An aggregation over the series of each point. */
export async function aggregateVector(
  { grid, turns }: Evaluation,
  aggregation: VectorAggregation,
  vector: readonly VectorSeries[],
): Promise<VectorSeries[]> {
  const { operation, grouping } = aggregation;
  if (operation === 'sort' || operation === 'sort_desc') {
    return sortSeries(vector, operation === 'sort_desc');
  }
  const results: VectorSeries[] = [];
  for (const group of groupSeries(grouping, vector)) {
    results.push(...resultsOf(aggregation, group, grid.points));
    await turns.pass();
  }
  return results;
}

function resultsOf(
  { operation, parameter = 1 }: VectorAggregation,
  group: SeriesGroup,
  points: number,
): VectorSeries[] {
  switch (operation) {
    case 'topk':
    case 'approx_topk':
      return rankGroup(group.members, parameter, true, points);
    case 'bottomk':
      return rankGroup(group.members, parameter, false, points);
    case 'sort':
    case 'sort_desc':
      return group.members;
    default:
      return [foldGroup(operation, group, points)];
  }
}
