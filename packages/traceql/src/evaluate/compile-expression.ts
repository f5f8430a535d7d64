import type {
  BinaryFieldOperation,
  FieldExpression,
  FieldOperator,
  StaticExpression,
} from '../syntax/ast/field-expression.ts';
import { BoundedRegex, ReadRegexes } from './bounded-regex.ts';
import { type ComparisonOperator, holdsBetween, holdsOf, holdsOfField } from './compare-values.ts';
import { type FieldReader, fieldReader } from './read-field.ts';
import { asStored, canHold, staticScalar, typeOfExpression } from './static-scalar.ts';
import type { TraceSpans } from './trace-spans.ts';
import { compareScalars, type FieldValue, firstScalar, type Scalar } from './value.ts';
import type { Work } from './work.ts';

/** Whether something is true of the span at an index. */
export type SpanTest = (trace: TraceSpans, index: number) => boolean;

const NEVER: SpanTest = () => false;

/** What a condition asks of a span. A comparison with what is absent, or of another type, is false, and `!` of it true. */
export function compileTest(expression: FieldExpression): SpanTest {
  switch (expression.kind) {
    case 'static': {
      const isTrue = expression.value.type === 'boolean' && expression.value.value;
      return () => isTrue;
    }
    case 'attribute': {
      const read = fieldReader(expression);
      return (trace, index) => holdsOfField(read(trace, index), false, (value) => value === true);
    }
    case 'intrinsic':
      return NEVER;
    case 'unary': {
      if (expression.op === '-') {
        return NEVER;
      }
      const test = compileTest(expression.operand);
      return (trace, index) => !test(trace, index);
    }
    case 'binary':
      return compileBinary(expression);
  }
}

function compileBinary(expression: BinaryFieldOperation): SpanTest {
  const { op, left, right } = expression;
  switch (op) {
    case '&&':
    case '||': {
      const one = compileTest(left);
      const other = compileTest(right);
      return op === '&&'
        ? (trace, index) => one(trace, index) && other(trace, index)
        : (trace, index) => one(trace, index) || other(trace, index);
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '^':
      return NEVER;
    default:
      return compileComparison(op, left, right);
  }
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '=~': '=~',
  '!~': '!~',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function compileComparison(op: ComparisonOperator, left: FieldExpression, right: FieldExpression): SpanTest {
  if (right.kind === 'static') {
    return compileStaticComparison(op, left, right);
  }
  if (left.kind === 'static' && op !== '=~' && op !== '!~') {
    return compileStaticComparison(MIRRORED[op], right, left);
  }
  if (!canHold(op, typeOfExpression(left), typeOfExpression(right))) {
    return NEVER;
  }
  const readLeft = compileReader(left);
  const readRight = compileReader(right);
  return op === '=~' || op === '!~'
    ? compileReadRegex(op, readLeft, readRight)
    : (trace, index) => holdsBetween(op, readLeft(trace, index), readRight(trace, index), trace.work);
}

/** An expression that stands in a span, too. */
function compileReadRegex(op: '=~' | '!~', readText: FieldReader, readPattern: FieldReader): SpanTest {
  const regexes = new ReadRegexes();
  const isMatch = op === '=~';
  return (trace, index) => {
    const pattern = firstScalar(readPattern(trace, index));
    const regex = typeof pattern === 'string' ? regexes.get(pattern, trace.work) : undefined;
    return holdsOfField(readText(trace, index), !isMatch, matching(regex, isMatch, trace.work));
  };
}

/** Whether a text matches an expression, or does not; neither is true without one. */
function matching(regex: BoundedRegex | undefined, isMatch: boolean, work: Work): (value: Scalar) => boolean {
  return (value) => typeof value === 'string' && regex?.matches(value, work) === isMatch;
}

function compileStaticComparison(
  op: ComparisonOperator,
  field: FieldExpression,
  { value, at }: StaticExpression,
): SpanTest {
  const read = compileReader(field);
  if (value.type === 'nil') {
    const isPresent = op === '!=';
    return op === '=' || isPresent ? (trace, index) => (read(trace, index) !== undefined) === isPresent : NEVER;
  }
  if (!canHold(op, typeOfExpression(field), typeOfExpression({ kind: 'static', value, at }))) {
    return NEVER;
  }
  const scalar = staticScalar(value);
  if (scalar === undefined) {
    return NEVER;
  }
  const wanted = asStored(field, scalar);
  if (op === '=~' || op === '!~') {
    const regex = typeof wanted === 'string' ? new BoundedRegex(wanted, at.from) : undefined;
    const isMatch = op === '=~';
    return (trace, index) => holdsOfField(read(trace, index), !isMatch, matching(regex, isMatch, trace.work));
  }
  const holds = (value: Scalar) => holdsOf(op, compareScalars(value, wanted));
  return (trace, index) => holdsOfField(read(trace, index), op === '!=', holds);
}

/** What an expression's value is: a field's, a static one, a number, or whether something is true. */
export function compileReader(expression: FieldExpression): FieldReader {
  switch (expression.kind) {
    case 'attribute':
    case 'intrinsic':
      return fieldReader(expression);
    case 'static': {
      const value = staticScalar(expression.value);
      return () => value;
    }
    case 'unary':
      return expression.op === '-' ? compileNegation(expression.operand) : compileTest(expression);
    case 'binary':
      return compileBinaryReader(expression);
  }
}

function compileNegation(operand: FieldExpression): FieldReader {
  const read = compileReader(operand);
  return (trace, index) => {
    const value = firstScalar(read(trace, index));
    return typeof value === 'number' || typeof value === 'bigint' ? -value : undefined;
  };
}

function compileBinaryReader(expression: BinaryFieldOperation): FieldReader {
  const calculate = ARITHMETIC[expression.op];
  if (calculate === undefined) {
    return compileTest(expression);
  }
  const readLeft = compileReader(expression.left);
  const readRight = compileReader(expression.right);
  return (trace, index) => {
    const left = numberOf(readLeft(trace, index));
    const right = numberOf(readRight(trace, index));
    return left === undefined || right === undefined ? undefined : finite(calculate(left, right));
  };
}

/** Arithmetic is done in doubles. What is no number is `nil`, a division by zero among it. */
export const ARITHMETIC: Readonly<Partial<Record<FieldOperator, (left: number, right: number) => number>>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': (left, right) => left ** right,
};

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** The number that stands for a field in arithmetic. */
export function numberOf(value: FieldValue): number | undefined {
  const scalar = firstScalar(value);
  return typeof scalar === 'number' ? scalar : typeof scalar === 'bigint' ? Number(scalar) : undefined;
}
