import { parseQuery } from '@aegisguard/traceql/syntax';
import { expect, it } from 'vitest';
import { EMPTY_STEP, type FunnelStep } from './funnels-view.ts';
import { tracesOfSteps } from './step-query.ts';

const step = (said: Partial<FunnelStep>): FunnelStep => ({ ...EMPTY_STEP, ...said });

it.each([
  [[{ service: 'shop' }], '{ resource.service.name = "shop" }'],
  [
    [{ service: 'a"b', operation: 'pay', errorsOnly: true }],
    '{ resource.service.name = "a\\"b" && name = "pay" && status = error }',
  ],
  [[{ service: 'shop', query: '{ .a || .b }' }], '{ (.a || .b) && resource.service.name = "shop" }'],
  [[{ query: '{ .a }' }, { operation: 'pay' }], '({ .a }) && ({ name = "pay" })'],
  [
    [{ operation: 'x', query: '{ .a } >> { .b }' }, { query: '{} | count() > 2' }],
    '({ .a } >> { .b } | { name = "x" }) && ({} | count() > 2)',
  ],
])('says %j as %s', (steps, expected) => {
  const query = tracesOfSteps(steps.map(step));
  expect(query).toBe(expected);
  expect(() => parseQuery(query ?? '')).not.toThrow();
});

it('says nothing of what it does not understand', () => {
  expect(tracesOfSteps([step({ service: 'x', query: '{ name = }' }), step({ service: 'y' })])).toBeUndefined();
});
