import { formatGeneral } from '../../functions/format-general.ts';
import { quantileOf } from '../../functions/quantile-of.ts';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import type { Annotations } from '../annotations.ts';
import { draftSeries, hasPoints, setPoint } from '../series-draft.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { dropsName, type SeriesGroup } from './group-series.ts';

/** The φ-quantile of the floats of each group. */
export function aggregateQuantile(
  { expression, parameter }: Aggregation,
  groups: readonly SeriesGroup[],
  quantiles: Float64Array,
  annotations: Annotations,
): Value {
  const odd = new Set(quantiles.filter((quantile) => !(quantile >= 0 && quantile <= 1)));
  for (const quantile of oddest(odd)) {
    annotations.warn(
      `quantile value should be between 0 and 1, got ${formatGeneral(quantile)}`,
      (parameter ?? expression).source,
    );
  }
  const onHistogram = (): void => annotations.inform('ignored histogram in quantile aggregation', expression.source);
  const series = groups.map((group) => quantileOfGroup(group, quantiles, onHistogram));
  return { type: 'vector', series: series.filter(hasPoints) };
}

/** Of many only the greatest and the least are told, or that one is NaN. */
function oddest(odd: ReadonlySet<number>): number[] {
  if (odd.has(Number.NaN)) {
    return [Number.NaN];
  }
  const above = [...odd].filter((quantile) => quantile > 1);
  const below = [...odd].filter((quantile) => quantile < 0);
  return [
    ...(above.length > 0 ? [above.reduce((a, b) => Math.max(a, b))] : []),
    ...(below.length > 0 ? [below.reduce((a, b) => Math.min(a, b))] : []),
  ];
}

function quantileOfGroup(group: SeriesGroup, quantiles: Float64Array, onHistogram: () => void): VectorSeries {
  const result = draftSeries(group.labels, dropsName(group), quantiles.length);
  const found = new Float64Array(group.members.length);
  for (let point = 0; point < quantiles.length; point += 1) {
    let count = 0;
    for (const { kinds, values } of group.members) {
      if (kinds[point] === POINT.float) {
        found[count] = values[point] ?? 0;
        count += 1;
      } else if (kinds[point] === POINT.histogram) {
        onHistogram();
      }
    }
    if (count > 0) {
      setPoint(result, point, quantileOf(found.subarray(0, count), quantiles[point] ?? 0));
    }
  }
  return result;
}
