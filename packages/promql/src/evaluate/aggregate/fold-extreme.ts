import { draftSeries } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { dropsName, type SeriesGroup } from './group-series.ts';

/** The least or greatest float; NaN only where there is nothing else. */
export function foldExtreme(
  op: 'min' | 'max',
  group: SeriesGroup,
  points: number,
  onHistogram: () => void,
): VectorSeries {
  const result = draftSeries(group.labels, dropsName(group), points);
  const { kinds, values } = result;
  for (const member of group.members) {
    for (let point = 0; point < points; point += 1) {
      const kind = member.kinds[point];
      if (kind === POINT.histogram) {
        onHistogram();
      } else if (kind === POINT.float) {
        const value = member.values[point] ?? 0;
        const best = values[point] ?? 0;
        const isFirst = kinds[point] === POINT.absent;
        if (isFirst || Number.isNaN(best) || (op === 'min' ? value < best : value > best)) {
          kinds[point] = POINT.float;
          values[point] = value;
        }
      }
    }
  }
  return result;
}
