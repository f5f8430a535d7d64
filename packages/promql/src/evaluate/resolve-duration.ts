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
    throw durationError(duration, 'duration must be greater than 0');
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
    throw durationError(duration, 'duration is out of range');
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
      return combine(duration, secondsOf(duration.left, window), secondsOf(duration.right, window));
    case 'duration-call': {
      const operands = duration.arguments.map((operand) => secondsOf(operand, window));
      return duration.name === 'min' ? Math.min(...operands) : Math.max(...operands);
    }
  }
}

type DurationOperation = Extract<DurationExpression, { kind: 'duration-operation' }>;

function combine(operation: DurationOperation, left: number, right: number): number {
  switch (operation.op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) {
        throw durationError(operation, 'division by zero');
      }
      return left / right;
    case '%':
      if (right === 0) {
        throw durationError(operation, 'modulo by zero');
      }
      return left % right;
    case '^':
      return left ** right;
  }
}

/** As in Prometheus the text begins with where the duration begins and ends. */
function durationError(duration: DurationExpression, text: string): ReturnType<typeof evaluationError> {
  return evaluationError(`${edgeOf(duration, 'from')}:${edgeOf(duration, 'to')}: ${text}`);
}

/** Parentheses do not belong to what they enclose. */
function edgeOf(duration: DurationExpression, edge: 'from' | 'to'): number {
  switch (duration.kind) {
    case 'duration-parentheses':
      return edgeOf(duration.operand, edge);
    case 'duration-operation':
      return edgeOf(edge === 'from' ? duration.left : duration.right, edge);
    case 'duration-sign':
      return edge === 'from' ? duration.source.from : edgeOf(duration.operand, edge);
    default:
      return duration.source[edge];
  }
}
