// https://grafana.com/docs/loki/latest/query/
import { invalidQuery, type LabelMatcher } from '@aegisguard/model';
import type { LogQuery } from './ast/log-query.ts';
import type { Query } from './ast/query.ts';
import { ExpressionParser } from './parse-expression.ts';
import { parseSelector } from './parse-selector.ts';
import { type ParseOptions, TokenReader } from './token-reader.ts';

/** UTF-16 units; the same bound as the HTTP schema's, here for every caller. */
export const QUERY_LENGTH_MAX = 20_000;

const ANY_STREAM: ParseOptions = { allowsAnyStream: true };

function parseAll<T>(
  query: string,
  options: ParseOptions,
  parse: (tokens: TokenReader) => T,
  behind: (parsed: T) => string,
): T {
  if (query.length > QUERY_LENGTH_MAX) {
    throw invalidQuery(QUERY_LENGTH_MAX, `a query has at most ${QUERY_LENGTH_MAX} characters`);
  }
  const tokens = new TokenReader(query, options);
  const parsed = parse(tokens);
  if (tokens.peek().kind !== 'end') {
    tokens.fail(`${behind(parsed)}the end of the query`);
  }
  return parsed;
}

/** Parses LogQL. Throws `invalid-query` with the position and, where it has one, Loki's wording. */
export function parseQuery(query: string, options = ANY_STREAM): Query {
  return parseAll(
    query,
    options,
    (tokens) => new ExpressionParser(tokens).parse(),
    ({ kind }) => (kind === 'log-query' ? 'a line filter such as |= "text", a stage such as | json, or ' : ''),
  );
}

/** Parses LogQL that must answer with logs. The same errors. */
export function parseLogQuery(query: string, options = ANY_STREAM): LogQuery {
  const parsed = parseQuery(query, options);
  if (parsed.kind !== 'log-query') {
    throw invalidQuery(0, 'only log selector is supported, not a metric query');
  }
  return parsed;
}

/** Parses a selector that stands alone, as the routes for series and labels take it. The same errors. */
export function parseStreamSelector(query: string, options = ANY_STREAM): readonly LabelMatcher[] {
  return parseAll(query, options, parseSelector, () => 'only label matchers, then ');
}
