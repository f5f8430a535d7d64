import type { LabelMatcher } from '@aegisguard/model';
import fc from 'fast-check';
import type { AtModifier, VectorSelector } from '../ast/vector-selector.ts';
import { printVectorSelector } from '../print/print-selector.ts';
import { offsetDuration } from './arbitrary-duration.ts';

const source = { from: 0, to: 0 };
const TIME_MAX_MS = 1e14;

const metricName = fc.oneof(
  fc.constantFrom(
    'foo',
    'a:b',
    'sum',
    'by',
    'offset',
    'start',
    'step',
    'anchored',
    'fill',
    'max_of',
    'and',
    'rate',
    'infra',
  ),
  fc.stringMatching(/^[a-z_]{1,8}_$/),
);

/** Labels of all kinds: words, keywords, and what needs quotes. */
export const labelName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('job', 'le', 'on', 'without', 'by', 'inf', 'NaN', 'service.name', 'a b', '"', 'ü'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
);

const matcher: fc.Arbitrary<LabelMatcher> = fc.oneof(
  fc.record({
    name: labelName,
    op: fc.constantFrom('=' as const, '!=' as const),
    value: fc.string({ unit: 'grapheme', maxLength: 6 }),
  }),
  fc.record({
    name: labelName,
    op: fc.constantFrom('=~' as const, '!~' as const),
    value: fc.constantFrom('', '.*', 'a|b', '\\d+"', 'x{2}', '[^\n]'),
  }),
);

/** A time of `@`. */
export const atModifier: fc.Arbitrary<AtModifier | undefined> = fc.oneof(
  fc.constantFrom(undefined, 'start' as const, 'end' as const),
  fc.integer({ min: -TIME_MAX_MS, max: TIME_MAX_MS }),
);

/** In the order in which they are printed. */
function sortMatchers(matchers: readonly LabelMatcher[]): LabelMatcher[] {
  const printed = (one: LabelMatcher): Buffer => Buffer.from(printVectorSelector({ ...EMPTY, matchers: [one] }));
  return [...matchers].sort((one, other) => Buffer.compare(printed(one), printed(other)));
}

const EMPTY: VectorSelector = {
  kind: 'vector-selector',
  name: undefined,
  matchers: [],
  offset: undefined,
  at: undefined,
  extension: undefined,
  source,
};

/** Instant selectors with all their modifiers; with a name, or a matcher that refuses the empty text. */
export const vectorSelector: fc.Arbitrary<VectorSelector> = fc
  .record({
    name: fc.option(metricName, { nil: undefined }),
    matchers: fc.array(
      matcher.filter(({ name }) => name !== '__name__'),
      { maxLength: 3 },
    ),
    quotedName: labelName,
    offset: fc.option(offsetDuration, { nil: undefined }),
    at: atModifier,
    extension: fc.constantFrom(undefined, 'anchored' as const, 'smoothed' as const),
  })
  .map(({ name, matchers, quotedName, ...modifiers }) => {
    const named: LabelMatcher = { name: '__name__', op: '=', value: name ?? quotedName };
    const all = name === undefined ? sortMatchers([named, ...matchers]) : [named, ...sortMatchers(matchers)];
    return { ...EMPTY, name, matchers: all, ...modifiers };
  });
