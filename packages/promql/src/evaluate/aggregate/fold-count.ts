import { draftSeries } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { dropsName, type SeriesGroup } from './group-series.ts';

/** How many members there are, or 1 where there are any. */
export function foldCount(op: 'count' | 'group', group: SeriesGroup, points: number): VectorSeries {
  const result = draftSeries(group.labels, dropsName(group), points);
  const { kinds, values } = result;
  for (const member of group.members) {
    for (let point = 0; point < points; point += 1) {
      if (member.kinds[point] !== POINT.absent) {
        kinds[point] = POINT.float;
        values[point] = op === 'group' ? 1 : (values[point] ?? 0) + 1;
      }
    }
  }
  return result;
}
