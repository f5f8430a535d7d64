import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import fc from 'fast-check';
import {
  FIELD_PRECEDENCE,
  type Field,
  type FieldExpression,
  type FieldOperator,
  type NumericValue,
  type StaticValue,
} from '../ast/field-expression.ts';
import { INTRINSICS } from '../intrinsics.ts';
import { INT_MAX, INT_MIN } from '../lex/read-number.ts';
import { isNumeric, negate } from '../parse/parse-static.ts';

/** Nodes of generated trees have no place of their own. */
export const NOWHERE = { from: 0, to: 0 } as const;

type Type = 'number' | 'string' | 'boolean' | 'status' | 'kind';

const DEPTH = { maxDepth: 4, depthSize: 'small' } as const;
const NAME = fc.oneof(
  fc.constantFrom(
    'http.status_code',
    'a',
    'duration',
    'span.x',
    '3d',
    'two words',
    'a"b\\',
    'x[0]',
    'é',
    '{}',
    '.',
    'a.b-c',
    '//',
    'nil',
  ),
  fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }).map((text) => text.toWellFormed()),
);
const ATTRIBUTE: fc.Arbitrary<Field> = fc.record({
  kind: fc.constant('attribute' as const),
  scope: fc.constantFrom('span' as const, 'resource', 'event', 'link', 'instrumentation', 'any'),
  isParent: fc.boolean(),
  name: NAME,
  at: fc.constant(NOWHERE),
});

function intrinsicsOf(types: readonly string[]): fc.Arbitrary<Field> {
  const fitting = INTRINSICS.filter(({ type }) => types.includes(type));
  const asked = fitting.flatMap(({ name, ofParent }) => [
    { kind: 'intrinsic' as const, name, isParent: false, at: NOWHERE },
    ...(ofParent === true ? [{ kind: 'intrinsic' as const, name, isParent: true, at: NOWHERE }] : []),
  ]);
  return fc.constantFrom(...asked);
}

/** Anything that spans can be grouped by. */
export const ANY_FIELD = fc.oneof(ATTRIBUTE, intrinsicsOf(['string', 'int', 'duration', 'status', 'kind']));
/** Fields that may be numbers. */
export const NUMERIC_FIELD = fc.oneof(ATTRIBUTE, intrinsicsOf(['int', 'duration']));

/** Numbers of all types; minus the smallest duration, which cannot be written. */
export const NUMERIC_VALUE: fc.Arbitrary<NumericValue> = fc.oneof(
  fc.record({
    type: fc.constant('int' as const),
    value: fc.oneof(fc.bigInt({ min: INT_MIN, max: INT_MAX }), fc.constantFrom(0n, 1n, -1n, INT_MAX, INT_MIN)),
  }),
  fc.record({
    type: fc.constant('float' as const),
    value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 1, 0.5, 1e21, -1e-7)),
  }),
  fc.record({ type: fc.constant('duration' as const), value: fc.bigInt({ min: -INT_MAX, max: INT_MAX }) }),
);

const VALUES: Readonly<Record<Type, fc.Arbitrary<StaticValue>>> = {
  number: NUMERIC_VALUE,
  string: fc.record({
    type: fc.constant('string' as const),
    value: fc
      .oneof(fc.constantFrom('', 'a|b', '.*', '"\\`'), fc.string({ unit: 'binary' }))
      .map((text) => text.toWellFormed()),
  }),
  boolean: fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
  status: fc.record({ type: fc.constant('status' as const), value: fc.constantFrom(...SPAN_STATUSES) }),
  kind: fc.record({ type: fc.constant('kind' as const), value: fc.constantFrom(...SPAN_KINDS) }),
};

/** A value of any type. */
export const ANY_VALUE = fc.oneof(...Object.values(VALUES));

function asStatic(value: StaticValue): FieldExpression {
  return { kind: 'static', value, at: NOWHERE };
}

function binary(
  ops: readonly FieldOperator[],
  left: fc.Arbitrary<FieldExpression>,
  right = left,
): fc.Arbitrary<FieldExpression> {
  return fc.record({
    kind: fc.constant('binary' as const),
    op: fc.constantFrom(...ops),
    left,
    right,
    at: fc.constant(NOWHERE),
  });
}

/** What the parser makes of a sign or a negation: a number with a minus is a value. */
function unary(op: '!' | '-', operand: FieldExpression): FieldExpression {
  return op === '-' && operand.kind === 'static' && isNumeric(operand.value)
    ? asStatic(negate(operand.value))
    : { kind: 'unary', op, operand, at: NOWHERE };
}

const [LOGICAL, , SUMS, PRODUCTS, POWERS] = FIELD_PRECEDENCE;
const EQUALITY = ['=', '!='] as const;
const ORDER = [...EQUALITY, '<', '<=', '>', '>='] as const;
const REGEX = fc
  .constantFrom('', '.*', 'a|b', '(?i)x{1,3}', '\\d+')
  .map((value) => asStatic({ type: 'string', value }));

/** Expressions of each type that the parser accepts. */
export const { number: NUMERIC_EXPRESSION, boolean: CONDITION } = fc.letrec<
  Record<Type | 'comparison', FieldExpression>
>((tie) => ({
  number: fc.oneof(
    DEPTH,
    VALUES.number.map(asStatic),
    NUMERIC_FIELD,
    binary([...SUMS, ...PRODUCTS, ...POWERS], tie('number')),
    tie('number').map((operand) => unary('-', operand)),
  ),
  string: fc.oneof(VALUES.string.map(asStatic), ATTRIBUTE, intrinsicsOf(['string'])),
  status: fc.oneof(VALUES.status.map(asStatic), ATTRIBUTE, intrinsicsOf(['status'])),
  kind: fc.oneof(VALUES.kind.map(asStatic), ATTRIBUTE, intrinsicsOf(['kind'])),
  comparison: fc.oneof(
    binary(ORDER, tie('number')),
    binary(ORDER, tie('string')),
    binary(['=~', '!~'], tie('string'), REGEX),
    binary(EQUALITY, tie('status')),
    binary(EQUALITY, tie('kind')),
    binary(EQUALITY, ATTRIBUTE, fc.constant(asStatic({ type: 'nil' }))),
    binary(['!='], ANY_FIELD, fc.constant(asStatic({ type: 'nil' }))),
  ),
  boolean: fc.oneof(
    DEPTH,
    VALUES.boolean.map(asStatic),
    ATTRIBUTE,
    tie('comparison'),
    binary(LOGICAL, tie('boolean')),
    tie('boolean').map((operand) => unary('!', operand)),
  ),
}));
