import { POINT, type RangeSeries } from '../../evaluate/value.ts';
import type { SeriesEvaluator } from '../function-implementation.ts';

/** Evaluates windows of at least so many floats by where these begin and end, `from` to before `to`. What it takes must not depend on how many there are: nothing else is done until a series is through. */
export function atWindowEdges(
  floatsMin: number,
  valueAt: (series: RangeSeries, from: number, to: number) => number,
): () => SeriesEvaluator {
  return () =>
    (series, { first, end }, { kinds, values }) => {
      let count = 0;
      for (let point = 0; point < first.length; point += 1) {
        const from = first[point] ?? 0;
        const to = end[point] ?? 0;
        if (to - from >= floatsMin) {
          kinds[point] = POINT.float;
          values[point] = valueAt(series, from, to);
          count += 1;
        }
      }
      return count;
    };
}
