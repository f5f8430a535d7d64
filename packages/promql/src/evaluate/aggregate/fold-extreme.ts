import { draftSeries, setPoint } from '../series-draft.ts';
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
  for (const { kinds, values } of group.members) {
    for (let point = 0; point < points; point += 1) {
      if (kinds[point] === POINT.float) {
        const value = values[point] ?? 0;
        if (result.kinds[point] === POINT.absent || isBetter(op, value, result.values[point] ?? 0)) {
          setPoint(result, point, value);
        }
      } else if (kinds[point] === POINT.histogram) {
        onHistogram();
      }
    }
  }
  return result;
}

function isBetter(op: 'min' | 'max', value: number, best: number): boolean {
  return Number.isNaN(best) || (op === 'min' ? value < best : value > best);
}
