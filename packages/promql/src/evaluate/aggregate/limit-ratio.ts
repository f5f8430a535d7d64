import { evaluationError } from '../../functions/evaluation-error.ts';
import { formatGeneral } from '../../functions/format-general.ts';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import type { Annotations } from '../annotations.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { SeriesMask } from './mask-series.ts';
import { sampleOffset } from './sample-offset.ts';

/** limit_ratio: about that share of the elements, chosen by their labels alone; a negative share takes what the positive one that is left to 1 would not. */
export function limitRatio(
  { expression, parameter }: Aggregation,
  vector: readonly VectorSeries[],
  ratios: Float64Array,
  annotations: Annotations,
): Value {
  const mask = new SeriesMask();
  if (ratios.every((ratio) => ratio === 0)) {
    return mask.value;
  }
  if (ratios.some(Number.isNaN)) {
    throw evaluationError('Ratio value is NaN');
  }
  const [most, least] = [ratios.reduce((a, b) => Math.max(a, b)), ratios.reduce((a, b) => Math.min(a, b))];
  for (const [odd, limit] of [[most, 1] as const, [least, -1] as const]) {
    if (Math.abs(odd) > 1 && Math.sign(odd) === limit) {
      annotations.warn(
        `ratio value should be between -1 and 1, got ${formatGeneral(odd)}, capping to ${limit}`,
        (parameter ?? expression).source,
      );
    }
  }
  for (const series of vector) {
    const offset = sampleOffset(series.labels);
    for (let point = 0; point < ratios.length; point += 1) {
      const ratio = Math.max(-1, Math.min(1, ratios[point] ?? 0));
      if (series.kinds[point] !== POINT.absent && (ratio >= 0 ? offset < ratio : offset >= 1 + ratio)) {
        mask.keep(series, point);
      }
    }
  }
  return mask.value;
}
