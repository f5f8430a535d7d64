import { formatGeneral } from '../../functions/format-general.ts';
import { quantileOf } from '../../functions/quantile-of.ts';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { draftSeries, hasPoints, setPoint } from '../series-draft.ts';
import type { TurnTaking } from '../turn-taking.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import type { SeriesGroup } from './series-groups.ts';

/** The φ-quantile of the floats of each group. */
export async function aggregateQuantile(
  { annotations, turns }: Evaluation,
  { expression, parameter }: Aggregation,
  groups: readonly SeriesGroup<VectorSeries[]>[],
  quantiles: Float64Array,
): Promise<Value> {
  const odd = new Set(quantiles.filter((quantile) => !(quantile >= 0 && quantile <= 1)));
  for (const quantile of oddest(odd)) {
    annotations.warn(
      `quantile value should be between 0 and 1, got ${formatGeneral(quantile)}`,
      (parameter ?? expression).source,
    );
  }
  const onHistogram = (): void => annotations.inform('ignored histogram in quantile aggregation', expression.source);
  const series: VectorSeries[] = [];
  for (const group of groups) {
    series.push(await quantileOfGroup(group, quantiles, onHistogram, turns));
  }
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

async function quantileOfGroup(
  group: SeriesGroup<VectorSeries[]>,
  quantiles: Float64Array,
  onHistogram: () => void,
  turns: TurnTaking,
): Promise<VectorSeries> {
  const result = draftSeries(group.labels, group.dropsName, quantiles.length);
  const buffer = new Float64Array(group.members.length);
  for (let point = 0; point < quantiles.length; point += 1) {
    const floats = floatsAt(group, point, buffer, onHistogram);
    if (floats.length > 0) {
      setPoint(result, point, quantileOf(floats, quantiles[point] ?? 0));
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return result;
}

function floatsAt(
  { members }: SeriesGroup<VectorSeries[]>,
  point: number,
  buffer: Float64Array,
  onHistogram: () => void,
): Float64Array {
  let count = 0;
  for (const { kinds, values } of members) {
    if (kinds[point] === POINT.float) {
      buffer[count] = values[point] ?? 0;
      count += 1;
    } else if (kinds[point] === POINT.histogram) {
      onHistogram();
    }
  }
  return buffer.subarray(0, count);
}
