import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/number-format.ts';
import type { DropRow } from './ingest-summary.ts';
import { momentWords } from './senders-table.tsx';
import { keyWords, PROTOCOL_WORDS } from './words.ts';

const DROPS_SHOWN = 100;

/** Records, or requests where nobody counted their records. A request that was accepted in part does not count as refused. */
function amountWords({ records, requests }: DropRow): string {
  const counted = records === 0 ? requests : records;
  const word = records === 0 ? 'request' : 'record';
  return `${formatCount(counted)} ${word}${counted === 1 ? '' : 's'}`;
}

/** What was dropped and why, with what to do about it. */
export function DropList({ drops }: { readonly drops: readonly DropRow[] }): ReactNode {
  if (drops.length === 0) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <CircleCheck aria-hidden className="size-4 text-accent" />
        Nothing was refused in this time range.
      </p>
    );
  }
  return (
    <ul className="flex flex-col">
      {drops.slice(0, DROPS_SHOWN).map((drop) => (
        <li
          key={drop.id}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-line border-b py-2 first:pt-0 last:border-0"
        >
          <code className="font-medium font-mono text-danger text-xs">{drop.outcome}</code>
          <span className="font-medium tabular-nums">{amountWords(drop)}</span>
          <span className="min-w-0 break-words text-muted">
            {drop.signal}, {PROTOCOL_WORDS[drop.protocol]}, key {keyWords(drop)}
          </span>
          <span className="ml-auto text-subtle text-xs tabular-nums max-md:ml-0">last {momentWords(drop.lastMs)}</span>
          {drop.advice === null ? null : <p className="w-full text-muted">{drop.advice}</p>}
        </li>
      ))}
    </ul>
  );
}
