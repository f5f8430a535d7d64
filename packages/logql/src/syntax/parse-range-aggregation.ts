import { invalidQuery } from '@aegisguard/model';
import {
  LOG_RANGE_OPERATIONS,
  type RangeAggregation,
  type RangeOperation,
  UNWRAPPED_RANGE_OPERATIONS,
} from './ast/range-aggregation.ts';
import { parseGrouping } from './parse-grouping.ts';
import { parseLogRange } from './parse-log-range.ts';
import { isNumberNext, parseNumber } from './parse-number.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const ALL: readonly RangeOperation[] = [...LOG_RANGE_OPERATIONS, ...UNWRAPPED_RANGE_OPERATIONS];
/** Count logs, or numbers when they are unwrapped. */
const WITH_OR_WITHOUT_UNWRAP: ReadonlySet<string> = new Set(['rate', 'absent_over_time']);
const UNWRAPPED: ReadonlySet<string> = new Set(UNWRAPPED_RANGE_OPERATIONS);
/** A sum of sums is one; the others say what `sum by (…)` around them would. */
const UNGROUPED: ReadonlySet<string> = new Set([...LOG_RANGE_OPERATIONS, 'sum_over_time', 'rate_counter']);

/** The range aggregation of that name. */
export function findRangeOperation(name: string): RangeOperation | undefined {
  return ALL.find((operation) => operation === name);
}

function check({ operation, parameter, range, grouping }: RangeAggregation, position: number): void {
  const takesParameter = operation === 'quantile_over_time';
  if (takesParameter && parameter === undefined) {
    throw invalidQuery(position, `parameter required for operation ${operation}`);
  }
  if (!takesParameter && parameter !== undefined) {
    throw invalidQuery(position, `parameter ${parameter} not supported for operation ${operation}`);
  }
  if (grouping !== undefined && UNGROUPED.has(operation)) {
    throw invalidQuery(
      position,
      `grouping not allowed for ${operation} aggregation; write sum by (…) (${operation}(…))`,
    );
  }
  const hasUnwrap = range.unwrap !== undefined;
  if (hasUnwrap !== UNWRAPPED.has(operation) && !WITH_OR_WITHOUT_UNWRAP.has(operation)) {
    throw invalidQuery(position, `invalid aggregation ${operation} ${hasUnwrap ? 'with' : 'without'} unwrap`);
  }
}

/** Parses `quantile_over_time(0.9, {…} | unwrap x [5m]) by (a)`; the operation's name is taken already. */
export function parseRangeAggregation(
  tokens: TokenReader,
  { position }: Token,
  operation: RangeOperation,
): RangeAggregation {
  const { parameter, range } = tokens.inParentheses(() => {
    const parameter = isNumberNext(tokens) ? parseNumber(tokens, 'a number') : undefined;
    if (parameter !== undefined) {
      tokens.expectSymbol(',', 'after the parameter');
    }
    return { parameter, range: parseLogRange(tokens) };
  }, `after ${operation}`);
  const grouping = parseGrouping(tokens);
  const aggregation: RangeAggregation = {
    kind: 'range-aggregation',
    operation,
    ...(parameter === undefined ? {} : { parameter }),
    range,
    ...(grouping === undefined ? {} : { grouping }),
  };
  check(aggregation, position);
  return aggregation;
}
