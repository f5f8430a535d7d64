import type { FieldExpression, IntrinsicName, StaticValue } from '../syntax/ast/field-expression.ts';
import { intrinsicOf } from '../syntax/intrinsics.ts';
import type { ComparisonOperator } from './compare-values.ts';
import type { Scalar } from './value.ts';

/** Status and kind are told apart from texts; attributes may be of any other type. */
export type ExpressionType = 'text' | 'number' | 'boolean' | 'status' | 'kind' | 'nil' | 'any';

/** A static value as what fields are compared with; nil is none. */
export function staticScalar(value: StaticValue): Scalar | undefined {
  switch (value.type) {
    case 'nil':
      return undefined;
    case 'int': {
      const number = Number(value.value);
      return Number.isSafeInteger(number) ? number : value.value;
    }
    default:
      return value.value;
  }
}

const BOOLEAN_OPERATORS: ReadonlySet<string> = new Set(['&&', '||', '=', '!=', '=~', '!~', '<', '<=', '>', '>=', '!']);

/** What an expression's values are, as far as it can be told without a span. */
export function typeOfExpression(expression: FieldExpression): ExpressionType {
  switch (expression.kind) {
    case 'attribute':
      return 'any';
    case 'static':
      return typeOfStatic(expression.value);
    case 'intrinsic':
      return typeOfIntrinsic(expression.name);
    default:
      return BOOLEAN_OPERATORS.has(expression.op) ? 'boolean' : 'number';
  }
}

function typeOfStatic(value: StaticValue): ExpressionType {
  switch (value.type) {
    case 'string':
      return 'text';
    case 'int':
    case 'float':
    case 'duration':
      return 'number';
    default:
      return value.type;
  }
}

function typeOfIntrinsic(name: IntrinsicName): ExpressionType {
  const { type } = intrinsicOf(name);
  switch (type) {
    case 'int':
    case 'duration':
      return 'number';
    case 'string':
    case 'nil':
      return 'text';
    default:
      return type;
  }
}

/** Whether a comparison of values of these types can be true at all. */
export function canHold(op: ComparisonOperator, left: ExpressionType, right: ExpressionType): boolean {
  if (left === right || (left === 'any' && !isEnum(right)) || (right === 'any' && !isEnum(left))) {
    const isOrder = op !== '=' && op !== '!=';
    return !(isOrder && (isUnordered(left) || isUnordered(right)));
  }
  return false;
}

function isEnum(type: ExpressionType): boolean {
  return type === 'status' || type === 'kind';
}

/** Neither greater nor less, nor of a text that could match. */
function isUnordered(type: ExpressionType): boolean {
  return isEnum(type) || type === 'boolean';
}

const ID_DIGITS: Readonly<Record<string, number>> = {
  'trace-id': 32,
  'link-trace-id': 32,
  'span-id': 16,
  'parent-id': 16,
  'link-span-id': 16,
};

/** What a field is compared with, as it is stored: ids may be written in capitals, and without the zeros that they begin with. */
export function asStored(field: FieldExpression, value: Scalar): Scalar {
  const digits = field.kind === 'intrinsic' ? ID_DIGITS[field.name] : undefined;
  return digits !== undefined && typeof value === 'string' && /^[0-9a-f]+$/i.test(value)
    ? value.toLowerCase().padStart(digits, '0')
    : value;
}
