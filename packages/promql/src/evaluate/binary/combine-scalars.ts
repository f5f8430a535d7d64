import type { BinaryOperator } from '../../syntax/ast/binary-operation.ts';
import { arithmeticOf, comparisonOf } from './float-operators.ts';

/** Two scalars at each point; a comparison gives 0 or 1. */
export function combineScalars(op: BinaryOperator, left: Float64Array, right: Float64Array): Float64Array {
  const arithmetic = arithmeticOf(op);
  const comparison = comparisonOf(op);
  return left.map((value, point) => {
    const other = right[point] ?? 0;
    if (arithmetic !== undefined) {
      return arithmetic(value, other);
    }
    return comparison?.(value, other) ? 1 : 0;
  });
}
