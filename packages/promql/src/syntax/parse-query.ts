// https://prometheus.io/docs/prometheus/latest/querying/basics/
import { invalidQuery } from '@aegisguard/model';
import type { Expression } from './ast/expression.ts';
import { checkDepth } from './check-depth.ts';
import { checkTypes } from './check-types.ts';
import { ExpressionParser } from './parse-expression.ts';
import { RegexBudget } from './regex-budget.ts';
import { TokenReader } from './token-reader.ts';

/** UTF-16 units; the same bound as the HTTP schema's, here for every caller. */
export const QUERY_LENGTH_MAX = 50_000;

/** Parses PromQL with all its experimental parts, and checks its types. Queries of one request share their `regexes`. Throws `invalid-query` with the position and, where it has one, Prometheus's wording. */
export function parseQuery(query: string, regexes = new RegexBudget()): Expression {
  if (query.length > QUERY_LENGTH_MAX) {
    throw invalidQuery(QUERY_LENGTH_MAX, `a query has at most ${QUERY_LENGTH_MAX} characters`);
  }
  const reader = new TokenReader(query);
  if (reader.peek().kind === 'end') {
    throw invalidQuery(0, 'no expression found in input');
  }
  const parser = new ExpressionParser(reader, regexes);
  const expression = parser.parse();
  if (reader.peek().kind !== 'end') {
    reader.unexpected();
  }
  checkDepth(expression);
  checkTypes(expression, parser.written);
  return expression;
}
