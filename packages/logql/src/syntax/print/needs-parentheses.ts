import { BINARY_PRECEDENCE, type BinaryOperation } from '../ast/binary-operation.ts';
import type { MetricExpression } from '../ast/metric-expression.ts';

function strengthOf({ op }: BinaryOperation): number {
  return BINARY_PRECEDENCE.findIndex((operators) => (operators as readonly string[]).includes(op));
}

/** True when the side of an operation would be read in another way without parentheses. */
export function needsParentheses(operation: BinaryOperation, side: 'left' | 'right'): boolean {
  const operand: MetricExpression = operation[side];
  if (operand.kind !== 'binary-operation') {
    return false;
  }
  const [outer, inner] = [strengthOf(operation), strengthOf(operand)];
  const firstSide = operation.op === '^' ? 'right' : 'left';
  return inner < outer || (inner === outer && side !== firstSide);
}
