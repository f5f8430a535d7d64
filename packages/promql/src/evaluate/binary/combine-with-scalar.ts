import type { BinaryOperation } from '../../syntax/ast/binary-operation.ts';
import type { Annotations } from '../annotations.ts';
import type { Evaluation } from '../evaluation.ts';
import { draftSeries, hasPoints, pointOf, setPoint } from '../series-draft.ts';
import { POINT, type Value, type VectorSeries } from '../value.ts';
import { combineElements, type Element } from './combine-elements.ts';
import { arithmeticOf } from './float-operators.ts';

/** On which side of the operator the scalar stands. */
export type ScalarSide = 'left' | 'right';

/** A vector and a scalar. A comparison filters the vector, or with `bool` tells 0 or 1; everything but such a filter loses the name. */
export async function combineWithScalar(
  { annotations, turns }: Evaluation,
  operation: BinaryOperation,
  vector: readonly VectorSeries[],
  scalar: Float64Array,
  side: ScalarSide,
): Promise<Value> {
  const series: VectorSeries[] = [];
  for (const one of vector) {
    const combined = combineSeries(operation, one, scalar, side, annotations);
    if (hasPoints(combined)) {
      series.push(combined);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series };
}

function combineSeries(
  operation: BinaryOperation,
  series: VectorSeries,
  scalar: Float64Array,
  side: ScalarSide,
  annotations: Annotations,
): VectorSeries {
  const arithmetic = arithmeticOf(operation.op);
  const dropsName = series.dropsName || arithmetic !== undefined || operation.isBool;
  const draft = draftSeries(series.labels, dropsName, series.kinds.length);
  for (let point = 0; point < series.kinds.length; point += 1) {
    const number = scalar[point] ?? 0;
    if (arithmetic !== undefined && series.kinds[point] === POINT.float) {
      const value = series.values[point] ?? 0;
      draft.kinds[point] = POINT.float;
      draft.values[point] = side === 'right' ? arithmetic(value, number) : arithmetic(number, value);
      continue;
    }
    const element = pointOf(series, point);
    const result = element === undefined ? undefined : combineOne(operation, element, number, side, annotations);
    if (result !== undefined) {
      setPoint(draft, point, result);
    }
  }
  return draft;
}

/** What is kept by a comparison is the vector's element, on whichever side it stands. */
function combineOne(
  operation: BinaryOperation,
  element: Element,
  number: number,
  side: ScalarSide,
  annotations: Annotations,
): Element | undefined {
  const combined =
    side === 'right'
      ? combineElements(operation, element, number, annotations)
      : combineElements(operation, number, element, annotations);
  if (combined === undefined) {
    return undefined;
  }
  if (operation.isBool) {
    return combined.isFalse ? 0 : 1;
  }
  if (combined.isFalse) {
    return undefined;
  }
  const isComparison = arithmeticOf(operation.op) === undefined && side === 'left';
  return isComparison ? element : combined.element;
}
