import { type ReactNode, useState } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { kindName } from '../kinds.ts';
import type { KindFindings } from './findings-summary.ts';

const SHOWN_FIRST = 3;

/** What the API calls the sum of places that are too many to be shown by themselves. */
const OTHERS = '(other)';

/** Where findings of a kind are, the most frequent places first. */
export function PlaceList({ findings: { kind, places, signals } }: { readonly findings: KindFindings }): ReactNode {
  const [showsAll, setShowsAll] = useState(false);
  const rest = places.length - SHOWN_FIRST;
  const hidesSome = rest > 1;
  return (
    <div>
      <ul className="flex max-w-md flex-col">
        {places.slice(0, showsAll || !hidesSome ? undefined : SHOWN_FIRST).map(({ signal, place, count }) => (
          <li key={`${signal} ${place}`} className="flex items-baseline gap-2">
            {place === OTHERS ? (
              <span className="min-w-0 text-muted">elsewhere</span>
            ) : (
              <code className="min-w-0 break-words font-mono text-xs [overflow-wrap:anywhere]">{place}</code>
            )}
            {signals.length > 1 ? <span className="shrink-0 text-2xs text-subtle">{signal}</span> : null}
            <span className="ml-auto shrink-0 pl-2 text-muted text-xs tabular-nums">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
      {hidesSome ? (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 h-6 font-normal"
          aria-expanded={showsAll}
          aria-label={`${showsAll ? 'Show fewer places' : `Show ${rest} more places`} of ${kindName(kind)}`}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? 'Show fewer' : `${formatCount(rest)} more places`}
        </Button>
      ) : null}
    </div>
  );
}
