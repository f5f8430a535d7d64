import { invalidQuery } from '@aegisguard/model';
import type { TextSpan } from '../ast/field-expression.ts';
import type {
  ScalarExpression,
  ScalarFilter,
  ScalarOperation,
  SpansetExpression,
  SpansetOperation,
} from '../ast/spanset-pipeline.ts';
import type { MetricsExpression, MetricsOperation } from '../ast/trace-query.ts';
import { isMetrics, isSpanset, type Parsed } from './parsed.ts';

/** The operators outside of braces, weakest first; those of a line bind alike, `^` to the right, the others to the left. */
export const SPANSET_PRECEDENCE = [
  ['||', '&&'],
  ['>', '>>', '<', '<<', '~', '!>', '!>>', '!<', '!<<', '!~', '&>', '&>>', '&<', '&<<', '&~', '=', '!=', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  ['^'],
] as const;

/** One of them. What it does depends on what stands beside it: `>` is the child of spansets and compares numbers. */
export type SpansetOperator = (typeof SPANSET_PRECEDENCE)[number][number];

const STRENGTHS: ReadonlyMap<string, number> = new Map(
  SPANSET_PRECEDENCE.flatMap((operators, strength) => operators.map((operator) => [operator, strength] as const)),
);

/** How strongly an operator outside of braces binds. */
export function spansetStrength(op: SpansetOperator): number {
  return STRENGTHS.get(op) ?? 0;
}

/** The operator that a symbol is outside of braces. */
export function findSpansetOperator(symbol: string | undefined): SpansetOperator | undefined {
  return symbol !== undefined && STRENGTHS.has(symbol) ? (symbol as SpansetOperator) : undefined;
}

interface Side {
  readonly parsed: Parsed;
  readonly isWrapped: boolean;
}

interface Place {
  /** Where the operator stands. */
  readonly operator: number;
  /** The operation. */
  readonly at: TextSpan;
}

const ARITHMETIC: ReadonlySet<SpansetOperator> = new Set(['+', '-', '*', '/', '%', '^']);
const COMPARISONS: ReadonlySet<SpansetOperator> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const ONLY_NUMBERS: ReadonlySet<SpansetOperator> = new Set(['=', '!=', '<=', '>=', ...ARITHMETIC]);

/** True for a symbol that calculates with numbers. */
export function isArithmetic(symbol: string | undefined): boolean {
  return (ARITHMETIC as ReadonlySet<string | undefined>).has(symbol);
}

/** The operation that an operator is between two operands; refuses what does not go together. */
export function combine(op: SpansetOperator, left: Side, right: Side, place: Place): Parsed {
  if (isMetrics(left.parsed) || isMetrics(right.parsed)) {
    return combineSeries(op, left, right, place);
  }
  if (isSpanset(left.parsed) && isSpanset(right.parsed)) {
    return combineSpansets(op, left, right, place);
  }
  if (isSpanset(left.parsed) || isSpanset(right.parsed)) {
    throw invalidQuery(
      place.operator,
      ARITHMETIC.has(op) || COMPARISONS.has(op)
        ? `${op} cannot stand between spans and a number; series and pipelines stand in parentheses there`
        : `spans stand on both sides of ${op}`,
    );
  }
  return combineNumbers(op, left.parsed, right.parsed, place);
}

function combineSpansets(op: SpansetOperator, left: Side, right: Side, { operator, at }: Place): SpansetOperation {
  if (ONLY_NUMBERS.has(op)) {
    throw invalidQuery(operator, `${op} cannot stand between spans; series stand in parentheses there`);
  }
  for (const { parsed, isWrapped } of [left, right]) {
    if (parsed.kind === 'scalar-filter' && !isWrapped) {
      throw invalidQuery(
        parsed.at.from,
        `a comparison of numbers is a stage of its own: { } | count() > 2; beside ${op} it stands in parentheses`,
      );
    }
  }
  return {
    kind: 'spanset-operation',
    op: op as SpansetOperation['op'],
    left: left.parsed as SpansetExpression,
    right: right.parsed as SpansetExpression,
    at,
  };
}

function combineNumbers(
  op: SpansetOperator,
  left: ScalarExpression,
  right: ScalarExpression,
  { operator, at }: Place,
): ScalarFilter | ScalarOperation {
  if (ARITHMETIC.has(op)) {
    return { kind: 'scalar-operation', op: op as ScalarOperation['op'], left, right, at };
  }
  if (!COMPARISONS.has(op)) {
    throw invalidQuery(operator, `spans stand on both sides of ${op}`);
  }
  const parts = new Set([...partsOf(left), ...partsOf(right)]);
  if (parts.size === 0) {
    throw invalidQuery(at.from, 'an aggregate such as count() stands on one side of a comparison');
  }
  if (parts.size > 1) {
    throw invalidQuery(
      at.from,
      'numbers of pipelines in parentheses are compared with one another or with values only',
    );
  }
  return { kind: 'scalar-filter', op: op as ScalarFilter['op'], left, right, at };
}

/** What a number is made of, values aside. */
export function partsOf(scalar: ScalarExpression): readonly ('aggregate' | 'scalar-pipeline')[] {
  switch (scalar.kind) {
    case 'static':
      return [];
    case 'scalar-operation':
      return [...partsOf(scalar.left), ...partsOf(scalar.right)];
    default:
      return [scalar.kind];
  }
}

function combineSeries(op: SpansetOperator, left: Side, right: Side, { operator, at }: Place): MetricsOperation {
  if (op !== '+' && op !== '-' && op !== '*' && op !== '/') {
    throw invalidQuery(operator, `${op} cannot stand between series; + - * / can`);
  }
  return {
    kind: 'metrics-operation',
    op,
    left: asSeries(left, operator),
    right: asSeries(right, operator),
    stages: [],
    at,
  };
}

function asSeries({ parsed }: Side, operator: number): MetricsExpression {
  if (isMetrics(parsed)) {
    if (parsed.kind === 'metrics' && parsed.aggregate.kind === 'compare') {
      throw invalidQuery(operator, 'nothing can be done with what compare answers');
    }
    return parsed;
  }
  if (parsed.kind === 'static' && (parsed.value.type === 'int' || parsed.value.type === 'float')) {
    return { kind: 'number', value: Number(parsed.value.value), at: parsed.at };
  }
  throw invalidQuery(
    parsed.at.from,
    'on each side of an operator between series stands a query of series in parentheses, or a number',
  );
}
