import type { Expression } from './ast/expression.ts';

/** What stands inside the parentheses around an expression; itself where there are none. */
export function withoutParentheses(expression: Expression): Expression {
  return expression.kind === 'parentheses' ? withoutParentheses(expression.expression) : expression;
}
