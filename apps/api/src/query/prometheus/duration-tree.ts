// Durations of https://prometheus.io/docs/prometheus/latest/feature_flags/#promql-duration-expressions in a syntax tree.
import { type DurationExpression, printNumber } from '@aegisguard/promql';

/** A duration that is written out, in ms; 0 for one that has to be computed, and for none. */
export function durationMs(duration: DurationExpression | undefined): number {
  return literalMs(duration) ?? 0;
}

/** The tree of a duration that has to be computed; null for one that is written out, and for none. */
export function durationTree(duration: DurationExpression | undefined): object | null {
  return duration === undefined || literalMs(duration) !== undefined ? null : treeOf(duration);
}

function literalMs(duration: DurationExpression | undefined): number | undefined {
  switch (duration?.kind) {
    case 'duration':
      return duration.ms;
    case 'duration-sign': {
      const ms = literalMs(duration.operand);
      return ms === undefined || duration.op === '+' ? ms : -ms;
    }
    case 'duration-parentheses':
      return literalMs(duration.operand);
    default:
      return undefined;
  }
}

function treeOf(duration: DurationExpression): object {
  switch (duration.kind) {
    case 'duration':
      return { type: 'numberLiteral', val: printNumber(duration.ms / 1000), duration: !duration.isNumber };
    case 'duration-of-query':
      return node(duration.name, null, null);
    case 'duration-sign':
      return node(duration.op, null, treeOf(duration.operand));
    case 'duration-parentheses':
      return { ...treeOf(duration.operand), wrapped: true };
    case 'duration-operation':
      return node(duration.op, treeOf(duration.left), treeOf(duration.right));
    case 'duration-call': {
      const [left, right] = duration.arguments.map(treeOf);
      return node(`${duration.name}_of`, left ?? null, right ?? null);
    }
  }
}

function node(op: string, lhs: object | null, rhs: object | null): object {
  return { type: 'durationExpr', op, lhs, rhs, wrapped: false };
}
