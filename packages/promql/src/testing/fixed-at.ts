import type { Expression } from '../syntax/ast/expression.ts';

/** Functions whose result depends on the time of evaluation, whatever they are given. */
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

/** The expression with `@` of a time, in unix ms, at every selector and subquery that has none; undefined when it would still depend on when it is evaluated. What is inside a subquery stays: it is about the subquery's times. */
export function fixedAt(expression: Expression, atMs: number): Expression | undefined {
  return isTimeDependent(expression) ? undefined : fix(expression, atMs);
}

function isTimeDependent(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return TIME_DEPENDENT.has(expression.name) || expression.arguments.some(isTimeDependent);
    case 'binary':
      return isTimeDependent(expression.left) || isTimeDependent(expression.right);
    case 'aggregation':
      return (
        isTimeDependent(expression.expression) ||
        (expression.parameter !== undefined && isTimeDependent(expression.parameter))
      );
    case 'parentheses':
    case 'unary':
    case 'subquery':
      return isTimeDependent(expression.expression);
    default:
      return false;
  }
}

function fix(expression: Expression, atMs: number): Expression {
  switch (expression.kind) {
    case 'vector-selector':
    case 'subquery':
      return { ...expression, at: expression.at ?? atMs };
    case 'matrix-selector':
      return { ...expression, selector: { ...expression.selector, at: expression.selector.at ?? atMs } };
    case 'call':
      // The second argument of info is no selector of samples.
      return {
        ...expression,
        arguments: expression.arguments.map((argument, index) =>
          expression.name === 'info' && index === 1 ? argument : fix(argument, atMs),
        ),
      };
    case 'binary':
      return { ...expression, left: fix(expression.left, atMs), right: fix(expression.right, atMs) };
    case 'aggregation':
      return {
        ...expression,
        expression: fix(expression.expression, atMs),
        parameter: expression.parameter && fix(expression.parameter, atMs),
      };
    case 'parentheses':
    case 'unary':
      return { ...expression, expression: fix(expression.expression, atMs) };
    default:
      return expression;
  }
}
