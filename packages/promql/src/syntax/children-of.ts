import type { Expression } from './ast/expression.ts';

/** The expressions directly inside an expression, in the order of the query. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'aggregation':
      return expression.parameter === undefined
        ? [expression.expression]
        : [expression.parameter, expression.expression];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.arguments;
    case 'matrix-selector':
      return [expression.selector];
    case 'parentheses':
    case 'subquery':
    case 'unary':
      return [expression.expression];
    default:
      return [];
  }
}
