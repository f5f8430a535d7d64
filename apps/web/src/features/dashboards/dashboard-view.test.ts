import fc from 'fast-check';
import { expect, it } from 'vitest';
import { offeredRefresh, parseDashboardView, printDashboardView } from './dashboard-view.ts';

const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
const views = fc.record({
  range: fc.option(fc.constant({ from: 'now-6h', to: 'now' }), { nil: undefined }),
  refresh: fc.option(fc.constantFrom(0 as const, 30 as const, 300 as const), { nil: undefined }),
  variables: fc
    .dictionary(name, fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }))
    .map((values) => new Map(Object.entries(values))),
  panel: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  isKiosk: fc.boolean(),
});

it('reads what it writes', () => {
  fc.assert(
    fc.property(views, (view) => {
      const text = printDashboardView(view).toString();
      expect(parseDashboardView(new URLSearchParams(text))).toEqual(view);
    }),
  );
});

it('offers an interval that is not shorter', () => {
  expect([0, 7, 60, 86_400].map(offeredRefresh)).toEqual([0, 10, 60, 300]);
});
