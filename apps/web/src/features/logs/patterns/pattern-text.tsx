import type { ReactNode } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { cutText } from '../table/row-text.ts';
import type { Pattern } from './pattern-order.ts';
import { placedParts, wildcardWord } from './pattern-words.ts';

/** Characters of one value that are shown. */
const VALUE_CHARACTERS_MAX = 80;

/** Values that the small panel over a wildcard has; the open row has all. */
const VALUES_SHOWN = 8;

type Part = Pattern['parts'][number];
type Wildcard = Extract<Part, { kind: 'wildcard' }>;

/** The values that stood at a wildcard, with their counts. */
export function WildcardValues({
  wildcard,
  valuesMax,
}: {
  readonly wildcard: Wildcard;
  readonly valuesMax: number;
}): ReactNode {
  return (
    <>
      <p className="text-subtle text-xs">{wildcardWord(wildcard.type)}</p>
      <ul className="mt-0.5 font-mono text-xs">
        {wildcard.values.slice(0, valuesMax).map(({ value, count }) => (
          <li key={value} className="flex gap-4">
            <span className="min-w-0 flex-1 break-all">{cutText(value, VALUE_CHARACTERS_MAX)}</span>
            <span className="shrink-0 text-subtle tabular-nums">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
      {wildcard.values.length > valuesMax ? <p className="text-subtle text-xs">and more</p> : null}
    </>
  );
}

function WildcardChip({ wildcard, isReachable }: { readonly wildcard: Wildcard; readonly isReachable: boolean }) {
  return (
    <Tooltip text={<WildcardValues wildcard={wildcard} valuesMax={VALUES_SHOWN} />}>
      <button
        type="button"
        tabIndex={isReachable ? 0 : -1}
        className="mx-px cursor-default rounded border border-line-strong bg-canvas px-1 font-sans text-2xs text-accent leading-4"
      >
        {wildcardWord(wildcard.type)}
      </button>
    </Tooltip>
  );
}

/** A pattern: its fixed text, and a small chip for what varies. */
export function PatternText({
  pattern,
  isReachable,
}: {
  readonly pattern: Pattern;
  /** The chips are stops of the Tab key. */
  readonly isReachable: boolean;
}): ReactNode {
  return placedParts(pattern).map(({ place, part }) =>
    part.kind === 'text' ? part.text : <WildcardChip key={place} wildcard={part} isReachable={isReachable} />,
  );
}
