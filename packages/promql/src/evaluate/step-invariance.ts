import type { Expression } from '../syntax/ast/expression.ts';

/** Functions whose result depends on the time of evaluation even if their arguments do not. */
const TIME_DEPENDENT = new Set([
  'days_in_month',
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'hour',
  'minute',
  'month',
  'year',
  'predict_linear',
  'time',
  'timestamp',
  'start_timestamp',
]);

const known = new WeakMap<Expression, boolean>();

/** Whether an expression is the same at every point: everything in it that reads has `@`. */
export function isStepInvariant(expression: Expression): boolean {
  const before = known.get(expression);
  if (before !== undefined) {
    return before;
  }
  const found = look(expression);
  known.set(expression, found);
  return found;
}

function look(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return true;
    case 'vector-selector':
    case 'subquery':
      return expression.at !== undefined;
    case 'matrix-selector':
      return expression.selector.at !== undefined;
    case 'parentheses':
    case 'unary':
      return isStepInvariant(expression.expression);
    case 'binary':
      return isStepInvariant(expression.left) && isStepInvariant(expression.right);
    case 'aggregation':
      return (
        isStepInvariant(expression.expression) &&
        (expression.parameter === undefined || isStepInvariant(expression.parameter))
      );
    case 'call':
      return !TIME_DEPENDENT.has(expression.name) && expression.arguments.every(isStepInvariant);
  }
}
