import fc from 'fast-check';
import { FUNCTION_SIGNATURES } from '../../functions/function-signatures.ts';
import { AGGREGATIONS } from '../ast/aggregation.ts';
import { BINARY_OPERATORS, type BinaryOperator, type VectorMatching } from '../ast/binary-operation.ts';
import type { Expression, ValueType } from '../ast/expression.ts';
import { offsetDuration, rangeDuration } from './arbitrary-duration.ts';
import { atModifier, labelName, vectorSelector } from './arbitrary-selector.ts';

const source = { from: 0, to: 0 };
const POWER = BINARY_OPERATORS.length - 1;
const SIGN = POWER - 1;
const SET_OPERATORS: readonly BinaryOperator[] = ['and', 'or', 'unless'];
const COMPARISONS: readonly BinaryOperator[] = ['==', '!=', '<=', '<', '>=', '>'];
/** Of functions with many arguments. */
const MORE_MAX = 2;

type Expressions = { scalar: Expression; string: Expression; vector: Expression; matrix: Expression };

function inParentheses(expression: Expression): Expression {
  return { kind: 'parentheses', expression, source };
}

function strengthOf(expression: Expression): number {
  if (expression.kind === 'binary') {
    return BINARY_OPERATORS.findIndex((operators) => (operators as readonly string[]).includes(expression.op));
  }
  const isMinus = expression.kind === 'number' && (expression.value < 0 || Object.is(expression.value, -0));
  return isMinus || expression.kind === 'unary' ? SIGN : Number.POSITIVE_INFINITY;
}

/** Puts parentheses where the text would be read in another way without them. */
function binary(
  op: BinaryOperator,
  left: Expression,
  right: Expression,
  isBool: boolean,
  matching: VectorMatching | undefined,
): Expression {
  const strength = BINARY_OPERATORS.findIndex((operators) => (operators as readonly string[]).includes(op));
  const isLeftWeak = op === '^' ? strengthOf(left) <= strength : strengthOf(left) < strength;
  const isRightWeak =
    right.kind === 'binary' && (op === '^' ? strengthOf(right) < strength : strengthOf(right) <= strength);
  return {
    kind: 'binary',
    op,
    left: isLeftWeak ? inParentheses(left) : left,
    right: isRightWeak ? inParentheses(right) : right,
    isBool: isBool && COMPARISONS.includes(op),
    matching,
    source,
  };
}

function unary(op: '+' | '-', expression: Expression): Expression {
  const isWeak = expression.kind === 'number' || (expression.kind === 'binary' && strengthOf(expression) < POWER);
  return { kind: 'unary', op, expression: isWeak ? inParentheses(expression) : expression, source };
}

const operator = fc.constantFrom(...BINARY_OPERATORS.flat());
const fillValue = fc.option(fc.oneof(fc.integer(), fc.constant(-0), fc.double()), { nil: undefined });
const labels = fc.array(labelName, { maxLength: 3 });

/** Settled as the parser does it: no label twice, set operators many to many. */
const matching: fc.Arbitrary<VectorMatching> = fc
  .record({
    cardinality: fc.constantFrom('one-to-one' as const, 'many-to-one' as const, 'one-to-many' as const),
    isOn: fc.boolean(),
    labels,
    include: labels,
    fillLeft: fillValue,
    fillRight: fillValue,
  })
  .map((made) => ({
    ...made,
    include:
      made.cardinality === 'one-to-one'
        ? []
        : made.include.filter((label) => !(made.isOn && made.labels.includes(label))),
  }));

function matchingOf(op: BinaryOperator, made: VectorMatching): VectorMatching {
  return SET_OPERATORS.includes(op)
    ? { ...made, cardinality: 'many-to-many', include: [], fillLeft: undefined, fillRight: undefined }
    : made;
}

const number: fc.Arbitrary<Expression> = fc.oneof(
  fc.double().map((value): Expression => ({ kind: 'number', value, isDuration: false, source })),
  fc
    .integer({ min: -1e12, max: 1e12 })
    .map((ms): Expression => ({ kind: 'number', value: ms / 1000, isDuration: true, source })),
);

function calls(returns: ValueType, tie: (type: ValueType) => fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  const chosen = FUNCTION_SIGNATURES.filter((signature) => signature.returns === returns && signature.name !== 'info');
  return fc.oneof(
    ...chosen.map(({ name, parameters, optional }) => {
      const last = parameters.at(-1);
      const needed = parameters.slice(0, parameters.length - Math.abs(optional)).map(tie);
      const more =
        last === undefined ? fc.constant([]) : fc.array(tie(last), { maxLength: optional < 0 ? MORE_MAX : optional });
      return fc
        .tuple(fc.tuple(...needed), more)
        .map(([first, rest]): Expression => ({ kind: 'call', name, arguments: [...first, ...rest], source }));
    }),
  );
}

function aggregation(tie: (type: ValueType) => fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc
    .record({
      op: fc.constantFrom(...AGGREGATIONS),
      expression: tie('vector'),
      scalar: tie('scalar'),
      text: tie('string'),
      grouping: labels,
      isWithout: fc.boolean(),
    })
    .map(({ op, scalar, text, ...rest }): Expression => {
      const isScalar = ['topk', 'bottomk', 'limitk', 'limit_ratio', 'quantile'].includes(op);
      const parameter = op === 'count_values' ? text : isScalar ? scalar : undefined;
      return { kind: 'aggregation', op, parameter, ...rest, source };
    });
}

function subquery(tie: (type: ValueType) => fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc
    .record({
      expression: tie('vector'),
      range: rangeDuration,
      step: fc.option(rangeDuration, { nil: undefined }),
      offset: fc.option(offsetDuration, { nil: undefined }),
      at: atModifier,
    })
    .map(({ expression, ...rest }): Expression => {
      const isWhole = expression.kind !== 'binary' && expression.kind !== 'unary';
      return { kind: 'subquery', expression: isWhole ? expression : inParentheses(expression), ...rest, source };
    });
}

/** Checked expressions of every kind; matchers are in the order in which they are printed. */
export const expressionTree: fc.Arbitrary<Expression> = (() => {
  const made = fc.letrec<Expressions>((tie) => {
    const options = { depthSize: 'small', withCrossShrink: true } as const;
    const operation = (left: ValueType, right: ValueType) =>
      fc
        .tuple(operator, tie(left), tie(right), fc.boolean(), matching)
        .filter(([op]) => (left === 'vector' && right === 'vector') || !SET_OPERATORS.includes(op))
        .map(([op, one, other, isBool, match]) => {
          const isScalar = left === 'scalar' && right === 'scalar';
          const settled = left === 'vector' && right === 'vector' ? matchingOf(op, match) : undefined;
          return binary(op, one, other, isBool || isScalar, settled);
        });
    const sign = (type: ValueType) =>
      fc.tuple(fc.constantFrom('+' as const, '-' as const), tie(type)).map(([op, one]) => unary(op, one));
    return {
      scalar: fc.oneof(
        options,
        number,
        tie('scalar').map(inParentheses),
        sign('scalar'),
        operation('scalar', 'scalar'),
        calls('scalar', tie),
      ),
      string: fc.oneof(
        options,
        fc.string({ unit: 'grapheme', maxLength: 8 }).map((value): Expression => ({ kind: 'string', value, source })),
        tie('string').map(inParentheses),
      ),
      vector: fc.oneof(
        options,
        vectorSelector,
        tie('vector').map(inParentheses),
        sign('vector'),
        operation('vector', 'vector'),
        operation('scalar', 'vector'),
        operation('vector', 'scalar'),
        calls('vector', tie),
        aggregation(tie),
      ),
      matrix: fc.oneof(
        options,
        fc
          .tuple(vectorSelector, rangeDuration)
          .map(([selector, range]): Expression => ({ kind: 'matrix-selector', selector, range, source })),
        subquery(tie),
        tie('matrix').map(inParentheses),
      ),
    };
  });
  return fc.oneof(made.vector, made.scalar, made.matrix, made.string);
})();
