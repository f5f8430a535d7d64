import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { traceFunnelsPath, tracesPath } from '../../app/paths.ts';
import { DEFAULT_RANGE, type TimeRange } from '../../lib/time-range.ts';

const TABS = [
  { label: 'Search', path: tracesPath },
  { label: 'Funnels', path: traceFunnelsPath },
] as const;

/** The pages about all traces; the time range goes along. */
export function TracesTabs({ orgId, range }: { readonly orgId: string; readonly range: TimeRange }): ReactNode {
  const search =
    range.from === DEFAULT_RANGE.from && range.to === DEFAULT_RANGE.to ? '' : `?${new URLSearchParams({ ...range })}`;
  return (
    <nav aria-label="Pages of traces" className="flex shrink-0 gap-1 border-line border-b bg-surface px-3 py-1">
      {TABS.map(({ label, path }) => (
        <NavLink
          key={label}
          end
          to={{ pathname: path(orgId), search }}
          className="flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text"
        >
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
