// https://prometheus.io/docs/prometheus/latest/feature_flags/#promql-duration-expressions
import type { DurationExpression } from '../ast/duration-expression.ts';
import { printDurationMs, printNumber } from './print-number.ts';

const MS_PER_SECOND = 1000;

/** A duration as it stands in brackets and behind `offset`. */
export function printDuration(duration: DurationExpression): string {
  switch (duration.kind) {
    case 'duration':
      return duration.isNumber || !Number.isInteger(duration.ms)
        ? printNumber(duration.ms / MS_PER_SECOND)
        : printDurationMs(duration.ms);
    case 'duration-of-query':
      return `${duration.name}()`;
    case 'duration-sign':
      return duration.op + printDuration(duration.operand);
    case 'duration-parentheses':
      return `(${printDuration(duration.operand)})`;
    case 'duration-operation':
      return `${printDuration(duration.left)} ${duration.op} ${printDuration(duration.right)}`;
    case 'duration-call':
      return `${duration.name}_of(${duration.arguments.map(printDuration).join(', ')})`;
  }
}
