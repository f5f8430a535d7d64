import type { BinaryFieldOperation, FieldExpression } from '../ast/field-expression.ts';
import { fieldStrength, UNARY_STRENGTH } from '../parse/parse-field-expression.ts';
import { printField } from './print-field.ts';
import { printValue } from './print-value.ts';

/** True when `&&` and `||` meet, which bind alike: parentheses say what is meant. */
function isMixed(op: string, inner: FieldExpression): boolean {
  return inner.kind === 'binary' && inner.op !== op && [op, inner.op].every((one) => one === '&&' || one === '||');
}

function printBinary({ op, left, right }: BinaryFieldOperation): string {
  const strength = fieldStrength(op);
  const side = (operand: FieldExpression, strengthMin: number) =>
    isMixed(op, operand) ? `(${printFieldExpression(operand)})` : printFieldExpression(operand, strengthMin);
  const isRightward = op === '^';
  return `${side(left, isRightward ? strength + 1 : strength)} ${op} ${side(right, isRightward ? strength : strength + 1)}`;
}

function strengthOf(expression: FieldExpression, text: string): number {
  if (expression.kind === 'binary') {
    return fieldStrength(expression.op);
  }
  // A minus reaches over what is multiplied behind it, so that it stands in parentheses there.
  return expression.kind === 'unary' || text.startsWith('-') ? UNARY_STRENGTH - 1 : Number.POSITIVE_INFINITY;
}

/** A field expression as the parser reads it, in parentheses where its operators bind less than they must. */
export function printFieldExpression(expression: FieldExpression, strengthMin = 0): string {
  let text: string;
  switch (expression.kind) {
    case 'binary':
      text = printBinary(expression);
      break;
    case 'unary': {
      const { op, operand } = expression;
      text =
        op + (operand.kind === 'unary' ? printFieldExpression(operand) : printFieldExpression(operand, UNARY_STRENGTH));
      break;
    }
    case 'static':
      text = printValue(expression.value);
      break;
    default:
      text = printField(expression);
  }
  return strengthOf(expression, text) < strengthMin ? `(${text})` : text;
}
