import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TRACE_VIEW, parseTraceView, printTraceView, ROW_CHOICES, TRACE_TABS } from './trace-view.ts';

const views = fc.record({
  tab: fc.constantFrom(...TRACE_TABS),
  span: fc.option(fc.stringMatching(/^[0-9a-f]{16}$/), { nil: undefined }),
  zoom: fc.option(
    fc.tuple(fc.nat(), fc.integer({ min: 1, max: 2 ** 40 })).map(([from, span]) => ({ from, until: from + span })),
    { nil: undefined },
  ),
  find: fc.string(),
  only: fc.constantFrom(...ROW_CHOICES),
  service: fc.option(fc.string(), { nil: undefined }),
});

describe('the view of a trace', () => {
  it('is in the address, each the inverse of the other', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(parseTraceView(new URLSearchParams(printTraceView(view).toString()))).toEqual(view);
      }),
    );
    expect(printTraceView(DEFAULT_TRACE_VIEW).toString()).toBe('');
  });

  it.each(['view=x', 'span=1', 'span=ABCDEF0123456789', 'zoom=5-5', 'zoom=7-3', 'zoom=a-b', 'zoom=-3-4', 'only=none'])(
    '%s is as if nothing were said',
    (search) => {
      expect(parseTraceView(new URLSearchParams(search))).toEqual(DEFAULT_TRACE_VIEW);
    },
  );
});
