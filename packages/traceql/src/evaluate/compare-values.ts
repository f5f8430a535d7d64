import type { FieldOperator } from '../syntax/ast/field-expression.ts';
import {
  Alternatives,
  type AttributeValue,
  alternativesOf,
  compareScalars,
  type FieldValue,
  type Scalar,
} from './value.ts';
import type { Work } from './work.ts';

/** The operators that compare. */
export type ComparisonOperator = Extract<FieldOperator, '=' | '!=' | '=~' | '!~' | '<' | '<=' | '>' | '>='>;

/** Those that do without an expression. */
type OrderOperator = Exclude<ComparisonOperator, '=~' | '!~'>;

/** Whether the order of two values, undefined for those of different types, is what the operator asks for. */
export function holdsOf(op: OrderOperator, order: number | undefined): boolean {
  if (order === undefined) {
    return false;
  }
  switch (op) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Whether something is true of a field's values: of one of its alternatives, where it is true of one of an array's elements, or of all for what is negative. */
export function holdsOfField(value: FieldValue, isNegative: boolean, holds: (element: Scalar) => boolean): boolean {
  if (value === undefined) {
    return false;
  }
  if (value instanceof Alternatives) {
    return value.values.some((one) => holdsOfValue(one, isNegative, holds));
  }
  return holdsOfValue(value, isNegative, holds);
}

function holdsOfValue(value: AttributeValue, isNegative: boolean, holds: (element: Scalar) => boolean): boolean {
  if (typeof value !== 'object') {
    return holds(value);
  }
  return isNegative ? value.length > 0 && value.every(holds) : value.some(holds);
}

/** Pairs of values that are compared of one span: a thousand events with a thousand. */
const PAIRS_MAX = 1_000_000;

/** Compares two fields: one alternative of each must do. Past the bound nothing holds. */
export function holdsBetween(op: OrderOperator, left: FieldValue, right: FieldValue, work: Work): boolean {
  const isNegative = op === '!=';
  let pairs = 0;
  return alternativesOf(left).some((one) =>
    alternativesOf(right).some((other) =>
      holdsOfValue(one, isNegative, (element) =>
        holdsOfValue(other, isNegative, (otherElement) => {
          pairs += 1;
          work.spend(1);
          return pairs <= PAIRS_MAX && holdsOf(op, compareScalars(element, otherElement));
        }),
      ),
    ),
  );
}
