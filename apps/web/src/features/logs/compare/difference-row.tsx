import { CircleMinus, CirclePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';
import { shareWords } from '../patterns/pattern-words.ts';
import { type Difference, type DifferenceShares, differenceWords } from './difference-words.ts';

function Side({
  share,
  name,
  className,
}: {
  readonly share: number;
  readonly name: string;
  readonly className: string;
}) {
  return (
    <span className="flex h-3.5 items-center gap-2">
      <span className="w-14 shrink-0 text-2xs text-subtle max-md:w-16">{name}</span>
      <span className="h-2 min-w-0 flex-1 overflow-hidden rounded-sm bg-line/60">
        <span className={`block h-full rounded-sm ${className}`} style={{ width: `${(share * 100).toFixed(2)}%` }} />
      </span>
      <span className="w-11 shrink-0 text-right text-2xs text-text tabular-nums">{shareWords(share)}</span>
    </span>
  );
}

/** A value with its share here and elsewhere; a click narrows the query to it, or leaves it out. */
export function DifferenceRow({
  value: { label, value },
  shares,
  sentence,
  onFilter,
}: {
  readonly value: Difference;
  readonly shares: DifferenceShares;
  readonly sentence: string;
  readonly onFilter: (label: string, value: string, exclude: boolean) => void;
}): ReactNode {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-line/70 border-b px-3 py-2 hover:bg-hover md:grid-cols-[minmax(0,2fr)_minmax(220px,3fr)_auto]">
      <div className="min-w-0">
        <p className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
          <span className="text-muted">{label}</span>
          <span className="text-subtle">=</span>
          <span className="text-text">{value}</span>
        </p>
        <p className="text-muted text-xs">{differenceWords(shares)}</p>
      </div>
      <div role="img" aria-label={sentence} title={sentence} className="min-w-0 max-md:order-last max-md:col-span-2">
        <Side share={shares.inside} name="here" className="bg-accent" />
        <Side share={shares.outside} name="elsewhere" className="bg-subtle" />
      </div>
      <div className="flex">
        <IconButton
          label={`Filter for ${label} ${value}`}
          className="size-7"
          onClick={() => onFilter(label, value, false)}
        >
          <CirclePlus aria-hidden />
        </IconButton>
        <IconButton label={`Exclude ${label} ${value}`} className="size-7" onClick={() => onFilter(label, value, true)}>
          <CircleMinus aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
