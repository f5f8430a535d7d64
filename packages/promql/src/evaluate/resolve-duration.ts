// Durations that are computed: https://prometheus.io/docs/prometheus/latest/feature_flags/#promql-duration-expressions
import { evaluationError } from '../functions/evaluation-error.ts';
import type { DurationExpression } from '../syntax/ast/duration-expression.ts';
import type { QueryWindow } from './time-grid.ts';

/** Go's `time.Duration` of seconds ends here. */
const SECONDS_MAX = 2 ** 63;

/** The milliseconds of a range or a step, which must be more than 0. Throws `query-not-runnable`. */
export function resolveRange(duration: DurationExpression, window: QueryWindow): number {
  const ms = wholeMs(duration, window);
  if (ms <= 0) {
    throw evaluationError('duration must be greater than 0');
  }
  return ms;
}

/** The milliseconds of an offset; none is 0. Throws `query-not-runnable`. */
export function resolveOffset(duration: DurationExpression | undefined, window: QueryWindow): number {
  return duration === undefined ? 0 : wholeMs(duration, window);
}

/** A literal is not taken through seconds, in which it might lose its last millisecond. */
function wholeMs(duration: DurationExpression, window: QueryWindow): number {
  if (duration.kind === 'duration') {
    return duration.ms;
  }
  const seconds = secondsOf(duration, window);
  if (!(seconds < SECONDS_MAX && seconds >= -SECONDS_MAX)) {
    throw evaluationError('duration is out of range');
  }
  return Math.trunc(seconds * 1000);
}

function secondsOf(duration: DurationExpression, window: QueryWindow): number {
  switch (duration.kind) {
    case 'duration':
      return duration.ms / 1000;
    case 'duration-of-query':
      return (duration.name === 'step' ? window.stepMs : window.endMs - window.startMs) / 1000;
    case 'duration-sign':
      return duration.op === '-' ? -secondsOf(duration.operand, window) : secondsOf(duration.operand, window);
    case 'duration-parentheses':
      return secondsOf(duration.operand, window);
    case 'duration-operation':
      return combine(duration.op, secondsOf(duration.left, window), secondsOf(duration.right, window));
    case 'duration-call': {
      const operands = duration.arguments.map((operand) => secondsOf(operand, window));
      return duration.name === 'min' ? Math.min(...operands) : Math.max(...operands);
    }
  }
}

type DurationOperator = Extract<DurationExpression, { kind: 'duration-operation' }>['op'];

function combine(op: DurationOperator, left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) {
        throw evaluationError('division by zero');
      }
      return left / right;
    case '%':
      if (right === 0) {
        throw evaluationError('modulo by zero');
      }
      return left % right;
    case '^':
      return left ** right;
  }
}
