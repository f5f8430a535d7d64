import type { MetricExpression } from './ast/metric-expression.ts';

/** True for what is a number at every time, not series: a literal, and arithmetic between literals. */
export function isScalar(expression: MetricExpression): boolean {
  return (
    expression.kind === 'number' ||
    (expression.kind === 'binary-operation' && isScalar(expression.left) && isScalar(expression.right))
  );
}
