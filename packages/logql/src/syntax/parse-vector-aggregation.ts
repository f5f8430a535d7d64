import { invalidQuery, unsupportedQuery } from '@aegisguard/model';
import type { Query } from './ast/query.ts';
import type { RangeAggregation } from './ast/range-aggregation.ts';
import type { VectorAggregation } from './ast/vector-aggregation.ts';
import type { TokenReader } from './token-reader.ts';

/** `by (a, b)` if that is next. */
function parseGrouping(tokens: TokenReader): readonly string[] | undefined {
  if (tokens.isNext('without')) {
    throw unsupportedQuery(tokens.peek().position, '"without" is');
  }
  if (!tokens.takeIf('by')) {
    return undefined;
  }
  return tokens.inParentheses(() => {
    const names = new Set<string>();
    while (!tokens.isNext(')')) {
      if (names.size > 0) {
        tokens.expectSymbol(',', 'or ")" after a label name');
      }
      if (tokens.peek().kind !== 'name') {
        tokens.fail('a label name');
      }
      names.add(tokens.take().text);
    }
    return [...names];
  }, 'after by');
}

function checkOperand(operand: Query, position: number): RangeAggregation {
  switch (operand.kind) {
    case 'range-aggregation':
      return operand;
    case 'vector-aggregation':
      throw unsupportedQuery(position, 'an aggregation of an aggregation is');
    case 'log-query':
      throw invalidQuery(position, 'sum needs numbers, such as rate({…}[5m]), found a log query');
  }
}

/** Parses `sum by (a) (…)` or `sum (…) by (a)`; the name is taken already. */
export function parseVectorAggregation(tokens: TokenReader, parseOperand: () => Query): VectorAggregation {
  const before = parseGrouping(tokens);
  const operand = tokens.inParentheses(() => {
    const { position } = tokens.peek();
    return checkOperand(parseOperand(), position);
  }, 'after sum');
  const { position } = tokens.peek();
  const after = parseGrouping(tokens);
  if (before !== undefined && after !== undefined) {
    throw invalidQuery(position, 'the grouping stands there twice');
  }
  return { kind: 'vector-aggregation', operation: 'sum', by: before ?? after ?? [], operand };
}
