import type { LabelMatcher } from '@aegisguard/model';
import { expect, it } from 'vitest';
import type { Expression } from '../../syntax/ast/expression.ts';
import {
  callFunction,
  matrix,
  nameExpression,
  rangeSeries,
  scalar,
  vector,
  vectorSeries,
} from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { ABSENT_FUNCTIONS } from './absent-functions.ts';

const SOURCE = { from: 0, to: 1 };

function selector(...matchers: readonly (readonly [string, LabelMatcher['op'], string])[]): Expression {
  const name = nameExpression('m');
  return name.kind === 'vector-selector'
    ? { ...name, matchers: [...name.matchers, ...matchers.map(([label, op, value]) => ({ name: label, op, value }))] }
    : name;
}

function inParentheses(expression: Expression): Expression {
  return { kind: 'parentheses', expression, source: SOURCE };
}

it.each([
  [selector(), {}],
  [selector(['job', '=', 'a']), { job: 'a' }],
  [selector(['job', '=', 'a'], ['instance', '=~', '.*']), { job: 'a' }],
  [selector(['job', '=', 'a'], ['job', '!=', 'b'], ['x', '=', 'y']), { x: 'y' }],
  [selector(['job', '=', 'a'], ['job', '=', 'b']), {}],
  [selector(['job', '=~', 'a.*'], ['job', '=', 'ab']), { job: 'ab' }],
  [inParentheses(inParentheses(selector(['job', '=', 'a']))), { job: 'a' }],
  [{ kind: 'unary', op: '-', expression: selector(['job', '=', 'a']), source: SOURCE } as const, {}],
])('takes labels from what is equal for certain (%#)', (expression, labels) => {
  const answer = callFunction(ABSENT_FUNCTIONS, 'absent', { values: [vector()], expressions: [expression] });
  expect(answer.value).toEqual(vector(vectorSeries(labels, [1])));
});

it('takes labels from a range selector, too', () => {
  const inner = selector(['job', '=', 'a']);
  const expression: Expression = {
    kind: 'matrix-selector',
    selector: inner as Extract<Expression, { kind: 'vector-selector' }>,
    range: { kind: 'duration', ms: 1000, isNumber: false, source: SOURCE },
    source: SOURCE,
  };
  const answer = callFunction(ABSENT_FUNCTIONS, 'absent_over_time', {
    values: [matrix([0], 1000)],
    expressions: [expression],
  });
  expect(answer.value).toEqual(vector(vectorSeries({ job: 'a' }, [1])));
});

it('is 1 at the points that have neither floats nor histograms', () => {
  const values = [
    vector(
      vectorSeries({ a: '1' }, [1, undefined, undefined, undefined]),
      vectorSeries({ a: '2' }, [undefined, sampleHistogram(), undefined, undefined]),
    ),
  ];
  const { value } = callFunction(ABSENT_FUNCTIONS, 'absent', { pointsMs: [0, 1, 2, 3], values });
  expect(value).toEqual(vector(vectorSeries({}, [undefined, undefined, 1, 1])));
});

it('gives nothing where something is everywhere', () => {
  const values = [vector(vectorSeries({}, [0, Number.NaN]))];
  expect(callFunction(ABSENT_FUNCTIONS, 'absent', { pointsMs: [0, 1], values }).value).toEqual(vector());
});

it('over time: a window begins after its start and ends with its end', () => {
  const values = [
    matrix([1000, 2000, 3000, 4000], 1000, rangeSeries([[1000, 1]]), rangeSeries([[3500, sampleHistogram()]])),
    scalar(0),
  ];
  const { value } = callFunction(ABSENT_FUNCTIONS, 'absent_over_time', { pointsMs: [1000, 2000, 3000, 4000], values });
  expect(value).toEqual(vector(vectorSeries({}, [undefined, 1, 1, undefined])));
});
