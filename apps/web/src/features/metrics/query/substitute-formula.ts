import { childrenOf, type Expression, parseQuery } from '@aegisguard/promql/syntax';

/** Queries that formulas may stand for each other through. */
const DEPTH_MAX = 26;

/** Where names of queries stand in a formula, from its end. */
function places(expression: Expression, refs: ReadonlySet<string>): { from: number; to: number; ref: string }[] {
  const found: { from: number; to: number; ref: string }[] = [];
  const walk = (node: Expression): void => {
    const isRef =
      node.kind === 'vector-selector' && node.name !== undefined && refs.has(node.name) && node.matchers.length === 1;
    if (isRef) {
      found.push({ ...node.source, ref: node.name ?? '' });
    }
    for (const child of childrenOf(node)) {
      walk(child);
    }
  };
  walk(expression);
  return found.sort((a, b) => b.from - a.from);
}

/** A formula as one query: each name of a query is replaced by it, in parentheses. Throws `invalid-query` where the formula is none. */
export function substituteFormula(formula: string, queries: ReadonlyMap<string, string>): string {
  let text = formula;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const found = places(parseQuery(text), new Set(queries.keys()));
    if (found.length === 0) {
      return text;
    }
    for (const { from, to, ref } of found) {
      text = `${text.slice(0, from)}(${queries.get(ref) ?? ref})${text.slice(to)}`;
    }
  }
  throw new Error('This formula stands for itself.');
}
