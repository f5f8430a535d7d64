import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PIPELINE_TABS, type PipelinesView, parsePipelinesView, printPipelinesView } from './pipelines-view.ts';

it('reads what it writes', () => {
  const view: fc.Arbitrary<PipelinesView> = fc.record({
    tab: fc.constantFrom(...PIPELINE_TABS),
    rule: fc.option(fc.integer({ min: 0, max: 49 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(view, (wanted) => {
      expect(parsePipelinesView(printPipelinesView(wanted))).toEqual(wanted);
    }),
  );
});

it.each(['rule=0', 'rule=-1', 'rule=x', 'rule=100', 'tab=none'])('shows the rules for %s', (search) => {
  expect(parsePipelinesView(new URLSearchParams(search))).toEqual({ tab: 'rules', rule: undefined });
});
