import fc from 'fast-check';
import type { DurationExpression } from '../ast/duration-expression.ts';

const source = { from: 0, to: 0 };
const STRENGTHS = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 } as const;

type Operation = Extract<DurationExpression, { kind: 'duration-operation' }>;

function inParentheses(operand: DurationExpression): DurationExpression {
  return { kind: 'duration-parentheses', operand, source };
}

function strengthOf(duration: DurationExpression): number {
  if (duration.kind === 'duration-operation') {
    return STRENGTHS[duration.op];
  }
  const isSigned = duration.kind === 'duration-sign' || (duration.kind === 'duration' && isMinus(duration.ms));
  return isSigned ? STRENGTHS['*'] : Number.POSITIVE_INFINITY;
}

function isMinus(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** Puts parentheses where the text would be read in another way without them. */
function operation(op: Operation['op'], left: DurationExpression, right: DurationExpression): DurationExpression {
  const strength = STRENGTHS[op];
  const isLeftWeak = strengthOf(left) < strength || (op === '^' && strengthOf(left) === strength);
  const isRightOperation = right.kind === 'duration-operation';
  const isRightWeak = isRightOperation && (op === '^' ? strengthOf(right) < strength : strengthOf(right) <= strength);
  const isZero = (op === '/' || op === '%') && right.kind === 'duration' && right.ms === 0;
  return {
    kind: 'duration-operation',
    op,
    left: isLeftWeak ? inParentheses(left) : left,
    right: isRightWeak || isZero ? inParentheses(right) : right,
    source,
  };
}

function sign(operand: DurationExpression): DurationExpression {
  const isWeak = operand.kind === 'duration' || (operand.kind === 'duration-operation' && operand.op !== '^');
  return { kind: 'duration-sign', op: '-', operand: isWeak ? inParentheses(operand) : operand, source };
}

const DURATION_MAX_MS = 1e12;
const wholeMs = fc.integer({ min: 1, max: DURATION_MAX_MS });
const partOfMs = fc.constantFrom(0.5, 1234.000_001, 0.25);

function literal(ms: number, isNumber: boolean): DurationExpression {
  return { kind: 'duration', ms, isNumber: isNumber || !Number.isInteger(ms), source };
}

const operand = fc.letrec<{ any: DurationExpression }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(fc.oneof(wholeMs, partOfMs, fc.constant(0)), fc.boolean(), fc.boolean())
      .map(([ms, isNumber, isMinus]) => literal(isMinus ? -ms : ms, isNumber)),
    fc.constantFrom<DurationExpression>(
      { kind: 'duration-of-query', name: 'step', source },
      { kind: 'duration-of-query', name: 'range', source },
    ),
    tie('any').map(inParentheses),
    tie('any').map(sign),
    fc.tuple(fc.constantFrom('min' as const, 'max' as const), tie('any'), tie('any')).map(
      ([name, left, right]): DurationExpression => ({
        kind: 'duration-call',
        name,
        arguments: [left, right],
        source,
      }),
    ),
    fc
      .tuple(fc.constantFrom(...(Object.keys(STRENGTHS) as Operation['op'][])), tie('any'), tie('any'))
      .map(([op, left, right]) => operation(op, left, right)),
  ),
})).any;

/** What may stand in brackets. */
export const rangeDuration: fc.Arbitrary<DurationExpression> = fc.oneof(
  fc.oneof(wholeMs, partOfMs).map((ms) => literal(ms, false)),
  operand.filter(({ kind }) => kind !== 'duration'),
);

/** What may stand behind `offset`, where an operator would belong to the query. */
export const offsetDuration: fc.Arbitrary<DurationExpression> = fc.oneof(
  fc.tuple(fc.oneof(wholeMs, partOfMs), fc.boolean()).map(([ms, isMinus]) => literal(isMinus ? -ms : ms, false)),
  operand.map((inner) => sign(inParentheses(inner))),
  operand.filter(({ kind }) => kind === 'duration-call' || kind === 'duration-of-query'),
);
