import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { serviceMapPath, servicesPath } from '../../app/paths.ts';

const TABS = [
  { label: 'List', path: servicesPath },
  { label: 'Map', path: serviceMapPath },
] as const;

/** The pages about all services; the time range goes along. */
export function ServicesTabs({ orgId, search }: { readonly orgId: string; readonly search: string }): ReactNode {
  return (
    <nav aria-label="Pages of services" className="flex shrink-0 gap-1 border-line border-b bg-surface px-3 py-1">
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
