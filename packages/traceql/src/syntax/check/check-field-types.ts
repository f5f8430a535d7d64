// What Tempo refuses once it knows the types: attributes may be anything, intrinsics and values are what they are.
// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#value-types-and-literals
import { invalidQuery } from '@aegisguard/model';
import type {
  BinaryFieldOperation,
  FieldExpression,
  FieldOperator,
  UnaryFieldOperation,
} from '../ast/field-expression.ts';
import { intrinsicOf } from '../intrinsics.ts';
import type { RegexBudget } from '../regex-budget.ts';

/** What an expression gives, as far as the query tells. Whole numbers, others and durations go with one another. */
type FieldType = 'unknown' | 'number' | 'string' | 'boolean' | 'status' | 'kind' | 'nil';

const ARITHMETIC: ReadonlySet<FieldOperator> = new Set(['+', '-', '*', '/', '%', '^']);
const REGEX: ReadonlySet<FieldOperator> = new Set(['=~', '!~']);
const LOGICAL: ReadonlySet<FieldOperator> = new Set(['&&', '||']);
const EQUALITY: ReadonlySet<FieldOperator> = new Set(['=', '!=']);
const NAMES: Readonly<Record<FieldType, string>> = {
  unknown: 'an attribute',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  status: 'a status',
  kind: 'a kind',
  nil: 'nil',
};

/** True where an operator can be applied to values of a type. */
function allows(op: FieldOperator, type: FieldType): boolean {
  if (type === 'unknown') {
    return true;
  }
  if (ARITHMETIC.has(op)) {
    return type === 'number';
  }
  if (REGEX.has(op)) {
    return type === 'string';
  }
  if (LOGICAL.has(op)) {
    return type === 'boolean';
  }
  return EQUALITY.has(op) || type === 'number' || type === 'string';
}

function isNil(expression: FieldExpression): boolean {
  return expression.kind === 'static' && expression.value.type === 'nil';
}

/** Types of one query's expressions; what does not fit is refused with `invalid-query`. */
export class FieldTypes {
  readonly #regexes: RegexBudget;

  constructor(regexes: RegexBudget) {
    this.#regexes = regexes;
  }

  /** Refuses what cannot say of a span whether it is meant. */
  checkCondition(expression: FieldExpression): void {
    const type = this.#typeOf(expression);
    if (type !== 'boolean' && type !== 'unknown') {
      throw invalidQuery(
        expression.at.from,
        `a condition is true or false of a span, and this is ${NAMES[type]}; compare it with something`,
      );
    }
  }

  /** Refuses what an aggregate cannot be over. */
  checkMeasure(expression: FieldExpression, owner: string): void {
    const type = this.#typeOf(expression);
    if (type !== 'number' && type !== 'unknown') {
      throw invalidQuery(expression.at.from, `${owner} is of numbers and durations, and this is ${NAMES[type]}`);
    }
    checkReadsSpan(expression, owner);
  }

  /** Refuses what spans cannot be grouped by. */
  checkGroup(expression: FieldExpression): void {
    this.#typeOf(expression);
    checkReadsSpan(expression, 'by');
  }

  #typeOf(expression: FieldExpression): FieldType {
    switch (expression.kind) {
      case 'attribute':
        return 'unknown';
      case 'intrinsic': {
        const { type } = intrinsicOf(expression.name);
        if (type === 'nil') {
          throw invalidQuery(
            expression.at.from,
            'of the span above it can only be asked whether there is one: parent != nil',
          );
        }
        return type === 'int' || type === 'duration' ? 'number' : type;
      }
      case 'static': {
        const { type } = expression.value;
        return type === 'int' || type === 'float' || type === 'duration' ? 'number' : type;
      }
      case 'unary':
        return this.#typeOfUnary(expression);
      case 'binary':
        return this.#typeOfBinary(expression);
    }
  }

  #typeOfUnary({ op, operand, at }: UnaryFieldOperation): FieldType {
    const type = this.#typeOf(operand);
    const wanted = op === '!' ? 'boolean' : 'number';
    if (type !== 'unknown' && type !== wanted) {
      throw invalidQuery(at.from, `${op} needs ${NAMES[wanted]} behind it, and this is ${NAMES[type]}`);
    }
    return wanted;
  }

  #typeOfBinary(operation: BinaryFieldOperation): FieldType {
    const { op, left, right } = operation;
    if (EQUALITY.has(op) && (isNil(left) || isNil(right))) {
      this.#checkPresence(operation);
      return 'boolean';
    }
    const leftType = this.#typeOf(left);
    const rightType = this.#typeOf(right);
    for (const [side, type] of [
      [left, leftType],
      [right, rightType],
    ] as const) {
      if (!allows(op, type)) {
        throw invalidQuery(side.at.from, `${op} cannot be applied to ${NAMES[type]}`);
      }
    }
    if (leftType !== rightType && leftType !== 'unknown' && rightType !== 'unknown') {
      throw invalidQuery(right.at.from, `${NAMES[leftType]} and ${NAMES[rightType]} cannot go with ${op}`);
    }
    if (REGEX.has(op) && right.kind === 'static' && right.value.type === 'string') {
      this.#regexes.check(right.value.value, right.at.from);
    }
    return ARITHMETIC.has(op) ? 'number' : 'boolean';
  }

  /** Only attributes can be absent. That an intrinsic is there may be asked: it always is. */
  #checkPresence({ op, left, right }: BinaryFieldOperation): void {
    const asked = isNil(left) ? right : left;
    if (asked.kind === 'intrinsic') {
      if (op === '=') {
        const instead = asked.name === 'parent' || asked.name === 'parent-id' ? '; a root is nestedSetParent < 0' : '';
        throw invalidQuery(asked.at.from, `an intrinsic is never nil${instead}`);
      }
      return;
    }
    const type = this.#typeOf(asked);
    if (type !== 'unknown' && type !== 'nil') {
      throw invalidQuery(asked.at.from, `${NAMES[type]} and nil cannot go with ${op}`);
    }
  }
}

/** True when something of the span is read. */
function readsSpan(expression: FieldExpression): boolean {
  switch (expression.kind) {
    case 'static':
      return false;
    case 'unary':
      return readsSpan(expression.operand);
    case 'binary':
      return readsSpan(expression.left) || readsSpan(expression.right);
    default:
      return true;
  }
}

function checkReadsSpan(expression: FieldExpression, owner: string): void {
  if (!readsSpan(expression)) {
    throw invalidQuery(expression.at.from, `${owner} needs a field of the span, and this is the same for all of them`);
  }
}
