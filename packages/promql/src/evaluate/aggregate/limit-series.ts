import { POINT, type Value, type VectorSeries } from '../value.ts';
import { takesAny } from './check-count.ts';
import { SeriesMask } from './mask-series.ts';
import type { SeriesGroup } from './series-groups.ts';

/** limitk: the first so many elements of each group. */
export function limitSeries(groups: readonly SeriesGroup<VectorSeries[]>[], counts: Float64Array): Value {
  const mask = new SeriesMask();
  if (!takesAny(counts)) {
    return mask.value;
  }
  for (const { members } of groups) {
    for (let point = 0; point < counts.length; point += 1) {
      let left = Math.trunc(counts[point] ?? 0);
      for (const series of members) {
        if (left < 1) {
          break;
        }
        if (series.kinds[point] !== POINT.absent) {
          mask.keep(series, point);
          left -= 1;
        }
      }
    }
  }
  return mask.value;
}
