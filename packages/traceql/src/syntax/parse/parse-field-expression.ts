// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#field-expressions
import {
  FIELD_PRECEDENCE,
  type FieldExpression,
  type FieldOperator,
  type UnaryFieldOperation,
} from '../ast/field-expression.ts';
import { fieldWanted, takeField } from './parse-field.ts';
import { isNumeric, negate, takeStatic } from './parse-static.ts';
import type { TokenReader } from './token-reader.ts';

const STRENGTHS: ReadonlyMap<string, number> = new Map(
  FIELD_PRECEDENCE.flatMap((operators, strength) => operators.map((operator) => [operator, strength] as const)),
);

/** How strongly an operator between fields binds. */
export function fieldStrength(op: FieldOperator): number {
  return STRENGTHS.get(op) ?? 0;
}

/** What `!` and `-` are applied to binds at least so strongly: `-a * b` is `-(a * b)`, `-a + b` is `(-a) + b`. */
export const UNARY_STRENGTH = fieldStrength('*');

/** Parses a field expression whose operators bind at least so strongly. Types are checked afterwards. */
export function parseFieldExpression(tokens: TokenReader, strengthMin = 0): FieldExpression {
  const { from } = tokens.peek().at;
  let left = parseOperand(tokens);
  for (;;) {
    const { symbol } = tokens;
    const strength = symbol === undefined ? undefined : STRENGTHS.get(symbol);
    if (strength === undefined || strength < strengthMin) {
      return left;
    }
    const op = symbol as FieldOperator;
    tokens.take();
    tokens.countPart();
    const right =
      op === '^'
        ? tokens.deeper(() => parseFieldExpression(tokens, strength))
        : parseFieldExpression(tokens, strength + 1);
    left = { kind: 'binary', op, left, right, at: tokens.since(from) };
  }
}

function parseUnary(tokens: TokenReader, op: '!' | '-'): FieldExpression {
  const { from } = tokens.take().at;
  tokens.countPart();
  const operand = tokens.deeper(() => parseFieldExpression(tokens, UNARY_STRENGTH));
  const at = tokens.since(from);
  if (op === '-' && operand.kind === 'static' && isNumeric(operand.value)) {
    return { kind: 'static', value: negate(operand.value), at };
  }
  return { kind: 'unary', op, operand, at } satisfies UnaryFieldOperation;
}

function parseOperand(tokens: TokenReader): FieldExpression {
  const { symbol } = tokens;
  if (symbol === '(') {
    return tokens.inParentheses(() => parseFieldExpression(tokens), 'to begin an expression');
  }
  if (symbol === '!' || symbol === '-') {
    return parseUnary(tokens, symbol);
  }
  return takeStatic(tokens) ?? takeField(tokens) ?? tokens.fail(`${fieldWanted(tokens)}, or a value`);
}
