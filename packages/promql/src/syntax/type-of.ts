import { findFunction } from '../functions/function-signatures.ts';
import type { Expression, ValueType } from './ast/expression.ts';

/** Nodes do not change, and long chains of operators would be walked again for each of them. */
const known = new WeakMap<Expression, ValueType>();

function findType(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'matrix-selector':
    case 'subquery':
      return 'matrix';
    case 'parentheses':
    case 'unary':
      return typeOf(expression.expression);
    case 'binary':
      return typeOf(expression.left) === 'scalar' && typeOf(expression.right) === 'scalar' ? 'scalar' : 'vector';
    case 'call':
      return findFunction(expression.name)?.returns ?? 'vector';
    default:
      return 'vector';
  }
}

/** What an expression that has been checked evaluates to. */
export function typeOf(expression: Expression): ValueType {
  const type = known.get(expression) ?? findType(expression);
  known.set(expression, type);
  return type;
}
