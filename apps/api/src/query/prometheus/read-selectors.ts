import type { LabelMatcher } from '@aegisguard/model';
import { type Expression, parseQuery, type VectorSelector } from '@aegisguard/promql';
import { invalidParameter } from './read-parameters.ts';

/** The matchers of each `match[]`. Throws `invalid-query` for what is no series selector, and for one that has more to it than matchers. */
export function readSelectors(texts: readonly string[]): readonly (readonly LabelMatcher[])[] {
  return texts.map((text) => {
    const expression = parseQuery(text);
    if (expression.kind !== 'vector-selector' || isModified(expression)) {
      throw invalidParameter('match[]', `${JSON.stringify(text)} is not a series selector`);
    }
    return expression.matchers;
  });
}

function isModified({ offset, at, extension }: VectorSelector): boolean {
  return offset !== undefined || at !== undefined || extension !== undefined;
}

/** Every selector in an expression. */
export function selectorsIn(expression: Expression): readonly VectorSelector[] {
  switch (expression.kind) {
    case 'vector-selector':
      return [expression];
    case 'matrix-selector':
      return [expression.selector];
    case 'number':
    case 'string':
      return [];
    case 'binary':
      return [expression.left, expression.right].flatMap(selectorsIn);
    case 'call':
      return expression.arguments.flatMap(selectorsIn);
    case 'aggregation': {
      const { expression: inner, parameter } = expression;
      return [...(parameter === undefined ? [] : selectorsIn(parameter)), ...selectorsIn(inner)];
    }
    default:
      return selectorsIn(expression.expression);
  }
}
