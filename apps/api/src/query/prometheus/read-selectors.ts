import type { LabelMatcher } from '@aegisguard/model';
import { childrenOf, type Expression, parseQuery, RegexBudget, typeOf, type VectorSelector } from '@aegisguard/promql';
import { inPrometheusWords, invalidParameter } from './prometheus-words.ts';

/** The matchers of each `match[]`. Throws `invalid-query` for what is no series selector, `invalid-request` for one that has more to it than matchers. */
export function readSelectors(texts: readonly string[]): readonly (readonly LabelMatcher[])[] {
  const regexes = new RegexBudget();
  return texts.map((text) => {
    const expression = readQuery('match[]', text, regexes);
    if (expression.kind !== 'vector-selector' || isModified(expression)) {
      throw invalidParameter('match[]', `${JSON.stringify(text)} is not a series selector`);
    }
    return expression.matchers;
  });
}

/** Parses the query that a parameter holds. */
export function readQuery(name: string, text: string, regexes?: RegexBudget): Expression {
  try {
    return parseQuery(text, regexes);
  } catch (error) {
    throw inPrometheusWords(name, text, error);
  }
}

/** The same of a query over a range, which has a number at each step. */
export function readRangeQuery(name: string, text: string): Expression {
  const expression = readQuery(name, text);
  const type = typeOf(expression);
  if (type !== 'scalar' && type !== 'vector') {
    const what = type === 'matrix' ? 'range vector' : type;
    throw invalidParameter(name, `invalid expression type "${what}" for range query, must be Scalar or instant Vector`);
  }
  return expression;
}

function isModified({ offset, at, extension }: VectorSelector): boolean {
  return offset !== undefined || at !== undefined || extension !== undefined;
}

/** Every selector in an expression. */
export function selectorsIn(expression: Expression): readonly VectorSelector[] {
  return expression.kind === 'vector-selector' ? [expression] : childrenOf(expression).flatMap(selectorsIn);
}
