import type { RangeVector, VectorSeries } from '../evaluate/value.ts';
import type { Expression } from '../syntax/ast/expression.ts';
import { withoutParentheses } from '../syntax/without-parentheses.ts';
import type { CallContext } from './function-implementation.ts';

/** An argument as it is written, without the parentheses around it. */
export function argumentOf({ call }: Pick<CallContext, 'call'>, index: number): Expression {
  const expression = call.arguments[index];
  if (expression === undefined) {
    throw new Error(`${call.name} has no argument ${index}`);
  }
  return withoutParentheses(expression);
}

/** The series of an instant vector that was given. */
export function vectorOf({ call, values }: CallContext, index: number): readonly VectorSeries[] {
  const value = values[index];
  if (value?.type !== 'vector') {
    throw new Error(`argument ${index} of ${call.name} is no vector`);
  }
  return value.series;
}

/** A range vector that was given. */
export function matrixOf({ call, values }: CallContext, index: number): RangeVector {
  const value = values[index];
  if (value?.type !== 'matrix') {
    throw new Error(`argument ${index} of ${call.name} is no range vector`);
  }
  return value;
}

/** A text that was given. */
export function textOf({ call, values }: CallContext, index: number): string {
  const value = values[index];
  if (value?.type !== 'string') {
    throw new Error(`argument ${index} of ${call.name} is no text`);
  }
  return value.text;
}

/** A scalar that must have been given, at a point. */
export function scalarOf(context: CallContext, index: number, point: number): number {
  return context.scalar(index, point) ?? Number.NaN;
}
