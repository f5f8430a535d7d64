import type { ReactNode } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { Switch } from '../../../ui/switch.tsx';
import type { KindFindings } from './findings-summary.ts';
import { PlaceList } from './place-list.tsx';

/** Addresses of which only the network was kept: told by themselves, since nearly every record has one. */
export function TruncatedAddresses({
  findings,
  isDrawn,
  onDraw,
}: {
  readonly findings: KindFindings;
  readonly isDrawn: boolean;
  readonly onDraw: (isDrawn: boolean) => void;
}): ReactNode {
  return (
    <section aria-labelledby="truncated" className="rounded-lg border border-line px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="truncated" className="font-semibold">
          {formatCount(findings.total)} IP {findings.total === 1 ? 'address was' : 'addresses were'} truncated
        </h2>
        <Switch
          label="Draw them in the chart"
          className="text-muted text-xs"
          checked={isDrawn}
          onChange={(event) => onDraw(event.currentTarget.checked)}
        />
      </div>
      <p className="mb-2 max-w-3xl text-muted text-xs">
        Of each, the network was stored (/24, /48 of IPv6) and the host was not. They are told apart from the rest,
        which would not be seen beside them.
      </p>
      <PlaceList findings={findings} />
    </section>
  );
}
