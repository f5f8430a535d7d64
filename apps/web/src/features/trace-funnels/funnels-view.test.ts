import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMPTY_STEP, type FunnelStep, nameOfStep, parseFunnelsView, printFunnelsView } from './funnels-view.ts';

const step: fc.Arbitrary<FunnelStep> = fc.record({
  name: fc.string(),
  service: fc.string(),
  operation: fc.string(),
  query: fc.constantFrom('', '{ name = "x" }', '{ .a > 1 } >> {}'),
  errorsOnly: fc.boolean(),
});

it('is read from an address as it was written', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 2, maxLength: 8 }),
      fc.constantFrom(undefined, 1, 2),
      fc.constantFrom({ from: 'now-1h', to: 'now' }, { from: 'now-7d', to: 'now-1d' }),
      (steps, at, range) => {
        const view = { steps, at, range, refresh: 0 as const };
        expect(parseFunnelsView(new URLSearchParams(printFunnelsView(view).toString()))).toEqual(view);
      },
    ),
  );
});

it('has two steps to fill in where nothing is said', () => {
  const view = parseFunnelsView(new URLSearchParams());
  expect(view.steps).toEqual([EMPTY_STEP, EMPTY_STEP]);
  expect(printFunnelsView(view).toString()).toBe('');
});

it.each(['step=1', 'step={', 'step=null', 'step=%5B1%5D', 'step={"service":1}&at=9', 'at=0.5&from=x'])(
  'does without what makes no sense: %s',
  (search) => {
    expect(parseFunnelsView(new URLSearchParams(search))).toEqual(parseFunnelsView(new URLSearchParams()));
  },
);

it('takes no more steps than there may be', () => {
  const search = Array.from({ length: 9 }, () => 'step={}').join('&');
  expect(parseFunnelsView(new URLSearchParams(search)).steps).toHaveLength(8);
});

it.each([
  ['Paid', { name: 'Paid', service: 'bank' }],
  ['bank · pay', { service: 'bank', operation: 'pay', query: '{ .a }' }],
  ['{ .a }', { query: ' { .a }' }],
  ['any error', { errorsOnly: true }],
  ['any span', {}],
])('calls a step %s', (expected, said) => {
  expect(nameOfStep({ ...EMPTY_STEP, ...said })).toBe(expected);
});
