// https://grafana.com/docs/loki/latest/query/
import { invalidQuery, unsupportedQuery } from '@aegisguard/model';
import type { Query } from './ast/query.ts';
import { RANGE_OPERATIONS } from './ast/range-aggregation.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { parseRangeAggregation } from './parse-range-aggregation.ts';
import { parseSelector } from './parse-selector.ts';
import { parseVectorAggregation } from './parse-vector-aggregation.ts';
import type { Token } from './token.ts';
import { TokenReader } from './token-reader.ts';
import { BINARY_OPERATORS, UNSUPPORTED_AGGREGATIONS, UNSUPPORTED_FUNCTIONS } from './unsupported.ts';

/** UTF-16 units; the same bound as the HTTP schema's, here for every caller. */
export const QUERY_LENGTH_MAX = 20_000;

const BEGINNING = 'a log query, which begins with "{", or a function such as rate';

/** An expression that begins with a name: a function or an aggregation. */
function parseCall(tokens: TokenReader): Query {
  const name: Token = tokens.take();
  const operation = RANGE_OPERATIONS.find((known) => known === name.text);
  if (operation !== undefined) {
    return parseRangeAggregation(tokens, operation);
  }
  if (name.text === 'sum') {
    return parseVectorAggregation(tokens, () => parseExpression(tokens));
  }
  const isCall = tokens.isNext('(') || tokens.isNext('by') || tokens.isNext('without');
  if (isCall && (UNSUPPORTED_FUNCTIONS.has(name.text) || UNSUPPORTED_AGGREGATIONS.has(name.text))) {
    throw unsupportedQuery(name.position, `${name.text} is`);
  }
  throw invalidQuery(name.position, `expected ${BEGINNING}, found ${JSON.stringify(name.text.slice(0, 40))}`);
}

function parseOperand(tokens: TokenReader): Query {
  const next = tokens.peek();
  if (tokens.isNext('(')) {
    return tokens.inParentheses(() => parseExpression(tokens), 'to begin an expression');
  }
  if (tokens.isNext('{')) {
    const matchers = parseSelector(tokens);
    return { kind: 'log-query', matchers, lineFilters: parsePipeline(tokens) };
  }
  if (next.kind === 'name') {
    return parseCall(tokens);
  }
  if (next.kind === 'number') {
    throw unsupportedQuery(next.position, 'arithmetic with numbers is');
  }
  return tokens.fail(BEGINNING);
}

function parseExpression(tokens: TokenReader): Query {
  const operand = parseOperand(tokens);
  const next = tokens.peek();
  if (operand.kind !== 'log-query' && next.kind !== 'string' && BINARY_OPERATORS.has(next.text)) {
    throw unsupportedQuery(next.position, `the operator "${next.text}" between metric queries is`);
  }
  return operand;
}

/**
 * Parses LogQL: a selector with line filters, `count_over_time` and `rate` over that, and `sum` over those. Throws `invalid-query` with the position for what is not
 * LogQL, and `query-not-runnable` for LogQL that we do not run yet.
 */
export function parseQuery(query: string): Query {
  if (query.length > QUERY_LENGTH_MAX) {
    throw invalidQuery(QUERY_LENGTH_MAX, `a query has at most ${QUERY_LENGTH_MAX} characters`);
  }
  const tokens = new TokenReader(query);
  const parsed = parseExpression(tokens);
  if (tokens.peek().kind !== 'end') {
    tokens.fail(
      parsed.kind === 'log-query' ? 'a line filter such as |= "text", or the end of the query' : 'the end of the query',
    );
  }
  return parsed;
}
