import { invalidQuery, type LabelMatcher, type LineFilter, parseDuration, unsupportedQuery } from '@aegisguard/model';
import type { RangeAggregation, RangeOperation } from './ast/range-aggregation.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { parseSelector } from './parse-selector.ts';
import type { TokenReader } from './token-reader.ts';

interface LogRange {
  readonly matchers: readonly LabelMatcher[];
  readonly lineFilters: readonly LineFilter[];
  readonly range: bigint | undefined;
}

/** `[5m]`, if that is next. */
function parseRange(tokens: TokenReader): bigint | undefined {
  if (!tokens.takeIf('[')) {
    return undefined;
  }
  const token = tokens.peek();
  const range = token.kind === 'duration' ? parseDuration(token.text) : undefined;
  if (range === undefined) {
    tokens.fail('a duration such as 5m');
  }
  if (range === 0n) {
    throw invalidQuery(token.position, 'a range must be longer than nothing');
  }
  tokens.take();
  tokens.expectSymbol(']', 'after the range');
  if (tokens.isNext('offset')) {
    throw unsupportedQuery(tokens.peek().position, '"offset" is');
  }
  return range;
}

/** `{…} |= "x" [5m]`, also with the range before the filters and with parentheses around any of it. */
function parseLogRange(tokens: TokenReader): LogRange {
  if (tokens.isNext('(')) {
    const inner = tokens.inParentheses(() => parseLogRange(tokens), 'to begin a log query');
    return inner.range === undefined ? { ...inner, range: parseRange(tokens) } : inner;
  }
  if (!tokens.isNext('{')) {
    tokens.fail('a log query, which begins with "{"');
  }
  const matchers = parseSelector(tokens);
  const early = parseRange(tokens);
  const lineFilters = parsePipeline(tokens);
  return { matchers, lineFilters, range: early ?? parseRange(tokens) };
}

/** Parses `count_over_time({…}[5m])`; the function's name is taken already. */
export function parseRangeAggregation(tokens: TokenReader, operation: RangeOperation): RangeAggregation {
  const { matchers, lineFilters, range } = tokens.inParentheses(() => {
    const parsed = parseLogRange(tokens);
    if (parsed.range === undefined) {
      tokens.fail('a range such as [5m]');
    }
    return { ...parsed, range: parsed.range };
  }, `after ${operation}`);
  if (tokens.isNext('by') || tokens.isNext('without')) {
    throw invalidQuery(tokens.peek().position, `${operation} cannot be grouped; write sum by (…) (${operation}(…))`);
  }
  return { kind: 'range-aggregation', operation, query: { kind: 'log-query', matchers, lineFilters }, range };
}
