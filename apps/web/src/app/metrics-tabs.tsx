import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { cardinalityPath, metricsPath, rulesPath } from './paths.ts';
import { useMay } from './use-may.ts';

const TABS = [
  { label: 'Explore', path: metricsPath, permission: 'metrics:read' },
  { label: 'Cardinality', path: cardinalityPath, permission: 'metrics:read' },
  { label: 'Recording rules', path: rulesPath, permission: 'monitors:read' },
] as const;

/** The pages about metrics. */
export function MetricsTabs({ orgId }: { readonly orgId: string }): ReactNode {
  const { shows } = useMay(orgId);
  return (
    <nav aria-label="Metrics pages" className="flex shrink-0 gap-1 border-line border-b bg-surface px-3 py-1">
      {TABS.filter(({ permission }) => shows(permission)).map(({ label, path }) => (
        <NavLink
          key={label}
          end
          to={path(orgId)}
          className="flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text"
        >
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
