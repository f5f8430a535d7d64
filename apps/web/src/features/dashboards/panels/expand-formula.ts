import { childrenOf, type Expression, parseQuery, type VectorSelector } from '@aegisguard/promql/syntax';

/** Where other queries are named in a formula. */
function namedSelectors(expression: Expression, names: ReadonlySet<string>): readonly VectorSelector[] {
  if (expression.kind === 'vector-selector') {
    const { name, matchers } = expression;
    return name !== undefined && matchers.length === 1 && names.has(name) ? [expression] : [];
  }
  return childrenOf(expression).flatMap((child) => namedSelectors(child, names));
}

/**
 * Writes a formula over other queries (`A / B * 100`) as one query: a formula is PromQL in which a metric that is called as a query stands for it, so that matching, functions and aggregations work as everywhere. Throws where queries name one
 * another in a circle.
 */
export function expandFormula(
  formula: string,
  queries: ReadonlyMap<string, { readonly query: string; readonly isFormula: boolean }>,
  above: readonly string[] = [],
): string {
  let written = '';
  let end = 0;
  const selectors = namedSelectors(parseQuery(formula), new Set(queries.keys()));
  for (const { name = '', source } of selectors.toSorted((a, b) => a.source.from - b.source.from)) {
    if (above.includes(name)) {
      throw new Error(`The formula needs its own result: ${[...above, name].join(' → ')}.`);
    }
    const { query, isFormula } = queries.get(name) ?? { query: name, isFormula: false };
    const inner = isFormula ? expandFormula(query, queries, [...above, name]) : query;
    written += `${formula.slice(end, source.from)}(${inner})`;
    end = source.from + name.length;
  }
  return written + formula.slice(end);
}
