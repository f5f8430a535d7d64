import type { Expression } from '../../syntax/ast/expression.ts';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';

const ORDERING_FUNCTIONS = new Set(['sort', 'sort_desc', 'sort_by_label', 'sort_by_label_desc']);

/** Whether a call sorts. */
export function isSorting({ name }: FunctionCall): boolean {
  return ORDERING_FUNCTIONS.has(name);
}

/** Whether the order of an instant vector is what the query says, as opposed to that of the labels. */
export function keepsOrder(expression: Expression): boolean {
  switch (expression.kind) {
    case 'parentheses':
    case 'unary':
      return keepsOrder(expression.expression);
    case 'binary':
      return keepsOrder(expression.left) || keepsOrder(expression.right);
    case 'aggregation':
      return expression.op === 'topk' || expression.op === 'bottomk';
    case 'call':
      return isSorting(expression) || expression.arguments.some(keepsOrder);
    default:
      return false;
  }
}
