import { formatDuration, type LabelMatcher } from '@aegisguard/model';
import fc from 'fast-check';
import { COMPARISON_OPERATORS, type LabelFilter } from '../syntax/ast/label-filter.ts';
import type { LineFilterOperand, LineFilterStage, Stage } from '../syntax/ast/stage.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Parts of a list; a few are enough. */
const PARTS_MAX = 3;
const BYTE_UNITS = { B: 1, kB: 1000, MiB: 1024 ** 2 } as const;
const DURATION_MAX = 2n ** 53n;

/** Matchers of a selector, and of `drop` and `keep`. */
export function arbitraryMatcher({ label, text, regex }: Vocabulary): fc.Arbitrary<LabelMatcher> {
  return fc.oneof(
    fc.record({ name: label, op: fc.constantFrom('=', '!='), value: text }),
    fc.record({ name: label, op: fc.constantFrom('=~', '!~'), value: regex }),
  );
}

function arbitraryQuantity({ label, number, range }: Vocabulary): fc.Arbitrary<LabelFilter> {
  const value = fc.oneof(
    number
      .filter((one) => Number.isFinite(one))
      .map((one) => ({ kind: 'number' as const, value: one, text: String(one) })),
    fc.tuple(range, fc.boolean()).map(([nanos, isMinus]) => {
      const size = nanos % DURATION_MAX;
      return isMinus && size > 0n
        ? { kind: 'duration' as const, value: -Number(size), text: `-${formatDuration(size)}` }
        : { kind: 'duration' as const, value: Number(size), text: formatDuration(size) };
    }),
    fc
      .tuple(fc.nat(), fc.constantFrom(...(Object.keys(BYTE_UNITS) as (keyof typeof BYTE_UNITS)[])))
      .map(([size, unit]) => ({ kind: 'bytes' as const, value: size * BYTE_UNITS[unit], text: `${size}${unit}` })),
  );
  return fc
    .record({ name: label, op: fc.constantFrom(...COMPARISON_OPERATORS), value })
    .map(({ value: quantity, ...rest }) => ({ ...rest, ...quantity }));
}

/** Label filters of all kinds, and joints of them. */
export function arbitraryLabelFilter(words: Vocabulary): fc.Arbitrary<LabelFilter> {
  const { label, ip } = words;
  return fc.letrec<{ any: LabelFilter }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      arbitraryMatcher(words).map((matcher): LabelFilter => ({ kind: 'text', matcher })),
      arbitraryQuantity(words),
      fc.record({
        kind: fc.constant('ip' as const),
        name: label,
        op: fc.constantFrom('=' as const, '!=' as const),
        value: ip,
      }),
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('any'), right: tie('any') }),
    ),
  })).any;
}

/** Line filters of all kinds. */
export function arbitraryLineFilter({ text, regex, linePattern, ip }: Vocabulary): fc.Arbitrary<LineFilterStage> {
  const filter = (
    ops: readonly [LineFilterStage['op'], LineFilterStage['op']],
    operand: fc.Arbitrary<LineFilterOperand>,
  ): fc.Arbitrary<LineFilterStage> =>
    fc.record({
      kind: fc.constant('line-filter'),
      op: fc.constantFrom(...ops),
      operands: fc.array(operand, { minLength: 1, maxLength: PARTS_MAX }),
    });
  const textOf = (value: fc.Arbitrary<string>) => fc.record({ kind: fc.constant('text' as const), value });
  return fc.oneof(
    filter(['|=', '!='], fc.oneof(textOf(text), fc.record({ kind: fc.constant('ip' as const), value: ip }))),
    filter(['|~', '!~'], textOf(regex)),
    filter(['|>', '!>'], textOf(linePattern)),
  );
}

function arbitraryExtractions(label: fc.Arbitrary<string>, expression: fc.Arbitrary<string>) {
  const extraction = fc.oneof(
    fc.record({ label, expression }),
    label.map((one) => ({ label: one, expression: one })),
  );
  return fc.array(extraction, { maxLength: PARTS_MAX });
}

/** Stages of all kinds. */
export function arbitraryStage(words: Vocabulary): fc.Arbitrary<Stage> {
  const { label, jsonPath, logfmtKey, regexp, pattern, template } = words;
  const format = fc.oneof(fc.record({ label, from: label }), fc.record({ label, template }));
  const selected = fc.oneof(label, arbitraryMatcher(words));
  return fc.oneof(
    arbitraryLineFilter(words),
    fc.record({ kind: fc.constant('json' as const), extractions: arbitraryExtractions(label, jsonPath) }),
    fc.record({
      kind: fc.constant('logfmt' as const),
      isStrict: fc.boolean(),
      keepsEmpty: fc.boolean(),
      extractions: arbitraryExtractions(label, logfmtKey),
    }),
    fc.record({ kind: fc.constant('regexp' as const), expression: regexp }),
    fc.record({ kind: fc.constant('pattern' as const), expression: pattern }),
    fc.record({ kind: fc.constantFrom('unpack' as const, 'decolorize' as const) }),
    fc.record({ kind: fc.constant('label-filter' as const), filter: arbitraryLabelFilter(words) }),
    fc.record({ kind: fc.constant('line-format' as const), template }),
    fc.record({
      kind: fc.constant('label-format' as const),
      formats: fc.uniqueArray(format, { minLength: 1, maxLength: PARTS_MAX, selector: (one) => one.label }),
    }),
    fc.record({
      kind: fc.constantFrom('drop' as const, 'keep' as const),
      labels: fc.array(selected, { minLength: 1, maxLength: PARTS_MAX }),
    }),
  );
}
