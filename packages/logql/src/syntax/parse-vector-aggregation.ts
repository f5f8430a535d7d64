// https://grafana.com/docs/loki/latest/query/metric_queries/#built-in-aggregation-operators
import { invalidQuery } from '@aegisguard/model';
import type { MetricExpression } from './ast/metric-expression.ts';
import { VECTOR_OPERATIONS, type VectorAggregation, type VectorOperation } from './ast/vector-aggregation.ts';
import { parseGrouping, parseGroupingBehind } from './parse-grouping.ts';
import { isNumberNext, parseNumber } from './parse-number.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const WITH_PARAMETER: ReadonlySet<VectorOperation> = new Set(['topk', 'bottomk', 'approx_topk']);
const UNGROUPED: ReadonlySet<VectorOperation> = new Set(['approx_topk', 'sort', 'sort_desc']);

/** The vector aggregation of that name. */
export function findVectorOperation(name: string): VectorOperation | undefined {
  return VECTOR_OPERATIONS.find((operation) => operation === name);
}

function check({ operation, parameter, grouping }: VectorAggregation, position: number): void {
  const takesParameter = WITH_PARAMETER.has(operation);
  if (!takesParameter && parameter !== undefined) {
    throw invalidQuery(position, `unsupported parameter for operation ${operation}(${parameter},`);
  }
  if (takesParameter) {
    if (parameter === undefined) {
      throw invalidQuery(position, `parameter required for operation ${operation}`);
    }
    if (!Number.isSafeInteger(parameter)) {
      throw invalidQuery(position, `invalid parameter ${operation}(${parameter},: expected a whole number`);
    }
    if (parameter <= 0) {
      throw invalidQuery(position, `invalid parameter (must be greater than 0) ${operation}(${parameter},`);
    }
  }
  if (grouping !== undefined && UNGROUPED.has(operation)) {
    throw invalidQuery(position, `grouping not allowed for ${operation} aggregation`);
  }
}

/** `10,`, if that is next: a number alone is an operand. */
function parseParameter(tokens: TokenReader): number | undefined {
  const isSigned = tokens.isNext('-') || tokens.isNext('+');
  if (!(isNumberNext(tokens) && tokens.isNext(',', isSigned ? 2 : 1))) {
    return undefined;
  }
  const parameter = parseNumber(tokens, 'a number');
  tokens.take();
  return parameter;
}

/** Parses `topk by (a) (10, …)` or `topk(10, …) by (a)`; the operation's name is taken already. */
export function parseVectorAggregation(
  tokens: TokenReader,
  { position }: Token,
  operation: VectorOperation,
  parseOperand: (wanted: string) => MetricExpression,
): VectorAggregation {
  const before = parseGrouping(tokens);
  const { parameter, operand } = tokens.inParentheses(
    () => ({ parameter: parseParameter(tokens), operand: parseOperand(operation) }),
    `after ${operation}`,
  );
  const grouping = parseGroupingBehind(tokens, before);
  const aggregation: VectorAggregation = {
    kind: 'vector-aggregation',
    operation,
    ...(parameter === undefined ? {} : { parameter }),
    ...(grouping === undefined ? {} : { grouping }),
    operand,
  };
  check(aggregation, position);
  return aggregation;
}
