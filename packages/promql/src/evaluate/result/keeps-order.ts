import type { Expression } from '../../syntax/ast/expression.ts';

const ORDERING_FUNCTIONS = new Set(['sort', 'sort_desc', 'sort_by_label', 'sort_by_label_desc']);

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
      return ORDERING_FUNCTIONS.has(expression.name) || expression.arguments.some(keepsOrder);
    default:
      return false;
  }
}
