import type { SpanComparisonOperator, SpanCondition, SpanField, SpanFieldValue } from '@aegisguard/model';
import { compileTest } from '../evaluate/compile-expression.ts';
import { asStored, canHold, staticScalar, typeOfExpression } from '../evaluate/static-scalar.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import { Work } from '../evaluate/work.ts';
import type {
  BinaryFieldOperation,
  Field,
  FieldExpression,
  IntrinsicField,
  StaticExpression,
} from '../syntax/ast/field-expression.ts';
import { allOf, anyOf, EVERYTHING, NOTHING } from './condition.ts';
import { eachField } from './walk-fields.ts';

/** What is true of every span of which the expression is, as far as a store can tell. Whether it is the same as the expression is said beside it. */
export interface NecessaryCondition {
  readonly condition: SpanCondition;
  /** It is also true of no other span. */
  readonly isExact: boolean;
}

const UNKNOWN: NecessaryCondition = { condition: EVERYTHING, isExact: false };
const ALWAYS: NecessaryCondition = { condition: EVERYTHING, isExact: true };
const NEVER: NecessaryCondition = { condition: NOTHING, isExact: true };

/** What a store is asked for, for spans of which an expression is true. */
export function conditionOf(expression: FieldExpression): NecessaryCondition {
  switch (expression.kind) {
    case 'static':
      return expression.value.type === 'boolean' && expression.value.value ? ALWAYS : NEVER;
    case 'attribute':
      return compared(expression, '=', true);
    case 'intrinsic':
      return NEVER;
    case 'unary':
      return expression.op === '!' ? conditionOfNot(expression.operand) : NEVER;
    case 'binary':
      return conditionOfBinary(expression);
  }
}

function conditionOfBinary(expression: BinaryFieldOperation): NecessaryCondition {
  const { op, left, right } = expression;
  switch (op) {
    case '&&':
      return joined(allOf, [conditionOf(left), conditionOf(right)]);
    case '||':
      return joined(anyOf, [conditionOf(left), conditionOf(right)]);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '^':
      return NEVER;
    default:
      return conditionOfComparison(op, left, right);
  }
}

function joined(
  join: (conditions: readonly SpanCondition[]) => SpanCondition,
  parts: readonly NecessaryCondition[],
): NecessaryCondition {
  return { condition: join(parts.map(({ condition }) => condition)), isExact: parts.every(({ isExact }) => isExact) };
}

/** What is true where an expression is not. A comparison is also false of what is absent or of another type, so its opposite says it only for what every span has. */
function conditionOfNot(expression: FieldExpression): NecessaryCondition {
  if (expression.kind === 'unary' && expression.op === '!') {
    return conditionOf(expression.operand);
  }
  if (expression.kind === 'static') {
    return expression.value.type === 'boolean' && expression.value.value ? NEVER : ALWAYS;
  }
  if (expression.kind !== 'binary') {
    return expression.kind === 'attribute' ? UNKNOWN : ALWAYS;
  }
  const { op, left, right } = expression;
  switch (op) {
    case '&&':
      return joined(anyOf, [conditionOfNot(left), conditionOfNot(right)]);
    case '||':
      return joined(allOf, [conditionOfNot(left), conditionOfNot(right)]);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '^':
      return ALWAYS;
    default:
      return conditionOfNoComparison(op, left, right);
  }
}

const OPPOSITES: Readonly<Record<SpanComparisonOperator, SpanComparisonOperator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '=~': '!~',
  '!~': '=~',
};

/** Intrinsics that every span has, once. */
const ALWAYS_THERE: ReadonlySet<IntrinsicField['name']> = new Set([
  'duration',
  'name',
  'status',
  'kind',
  'span-id',
  'trace-id',
]);

function isAlwaysThere(field: FieldExpression): field is IntrinsicField {
  return field.kind === 'intrinsic' && !field.isParent && ALWAYS_THERE.has(field.name);
}

function conditionOfNoComparison(
  op: SpanComparisonOperator,
  left: FieldExpression,
  right: FieldExpression,
): NecessaryCondition {
  const [field, value, direct] = sides(op, left, right);
  if (value === undefined || (isRegex(op) && right.kind !== 'static')) {
    return UNKNOWN;
  }
  if (value.value.type === 'nil') {
    return op === '=' || op === '!=' ? conditionOfComparison(OPPOSITES[op], left, right) : ALWAYS;
  }
  if (!canHold(op, typeOfExpression(field), typeOfExpression(value))) {
    return ALWAYS;
  }
  return isAlwaysThere(field) ? comparedWithStatic(field, OPPOSITES[direct], value) : UNKNOWN;
}

const MIRRORED: Readonly<Record<SpanComparisonOperator, SpanComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=~': '=~',
  '!~': '!~',
};

/** The field and the static value of a comparison, and the operator as it is with the field on the left. */
function sides(
  op: SpanComparisonOperator,
  left: FieldExpression,
  right: FieldExpression,
): readonly [FieldExpression, StaticExpression | undefined, SpanComparisonOperator] {
  if (right.kind === 'static') {
    return [left, right, op];
  }
  return left.kind === 'static' ? [right, left, MIRRORED[op]] : [left, undefined, op];
}

function conditionOfComparison(
  op: SpanComparisonOperator,
  left: FieldExpression,
  right: FieldExpression,
): NecessaryCondition {
  const [field, value, direct] = sides(op, left, right);
  if (value?.value.type === 'nil') {
    return op === '=' || op === '!=' ? presence(field, op === '!=') : NEVER;
  }
  if (!canHold(op, typeOfExpression(left), typeOfExpression(right))) {
    return NEVER;
  }
  const isAsked = field.kind === 'attribute' || field.kind === 'intrinsic';
  if (value !== undefined && isAsked && !(isRegex(op) && right.kind !== 'static')) {
    return comparedWithStatic(field, direct, value);
  }
  return constantCondition(op, left, right) ?? { condition: allOf([needed(left), needed(right)]), isExact: false };
}

/** What a comparison that reads nothing of a span comes to. */
function constantCondition(
  op: SpanComparisonOperator,
  left: FieldExpression,
  right: FieldExpression,
): NecessaryCondition | undefined {
  let isConstant = true;
  for (const side of [left, right]) {
    eachField(side, () => {
      isConstant = false;
    });
  }
  if (!isConstant) {
    return undefined;
  }
  const test = compileTest({ kind: 'binary', op, left, right, at: left.at });
  return test(new TraceSpans([], new Work(() => undefined)), 0) ? ALWAYS : NEVER;
}

function isRegex(op: SpanComparisonOperator): boolean {
  return op === '=~' || op === '!~';
}

function presence(field: FieldExpression, isPresent: boolean): NecessaryCondition {
  if (field.kind !== 'attribute' && field.kind !== 'intrinsic') {
    return { condition: isPresent ? needed(field) : EVERYTHING, isExact: false };
  }
  if (isAlwaysThere(field)) {
    return isPresent ? ALWAYS : NEVER;
  }
  const asked = spanField(field);
  return asked === undefined
    ? UNKNOWN
    : { condition: { kind: isPresent ? 'present' : 'absent', field: asked }, isExact: true };
}

/** What must be there for an operand to have a value. */
function needed(expression: FieldExpression): SpanCondition {
  switch (expression.kind) {
    case 'attribute':
    case 'intrinsic':
      return presence(expression, true).condition;
    case 'static':
      return EVERYTHING;
    case 'unary':
      return expression.op === '-' ? needed(expression.operand) : EVERYTHING;
    case 'binary':
      return typeOfExpression(expression) === 'number'
        ? allOf([needed(expression.left), needed(expression.right)])
        : EVERYTHING;
  }
}

function comparedWithStatic(field: Field, op: SpanComparisonOperator, { value }: StaticExpression): NecessaryCondition {
  const scalar = staticScalar(value);
  return scalar === undefined ? NEVER : compared(field, op, asStored(field, scalar));
}

function compared(field: Field, op: SpanComparisonOperator, value: SpanFieldValue): NecessaryCondition {
  const asked = spanField(field);
  return asked === undefined ? UNKNOWN : { condition: { kind: 'compare', field: asked, op, value }, isExact: true };
}

/** The field as a store knows it; undefined where only the trace tells. */
export function spanField(field: Field): SpanField | undefined {
  if (field.isParent) {
    return undefined;
  }
  if (field.kind === 'attribute') {
    return { kind: 'attribute', scope: field.scope, name: field.name };
  }
  switch (field.name) {
    case 'trace-duration':
    case 'root-service':
    case 'root-name':
      return { kind: 'trace', name: field.name };
    case 'parent':
      return { kind: 'intrinsic', name: 'parent-id' };
    case 'child-count':
    case 'nested-set-left':
    case 'nested-set-right':
    case 'nested-set-parent':
      return undefined;
    default:
      return { kind: 'intrinsic', name: field.name };
  }
}
