import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { Mark } from './mark.tsx';
import { visibleGroups } from './nav-items.ts';
import { useMay } from './use-may.ts';
import { UserMenu } from './user-menu.tsx';

function RailPages({ orgId }: { readonly orgId: string }): ReactNode {
  const groups = visibleGroups(useMay(orgId).shows);
  return groups.map((items) => (
    <li key={items[0]?.label} className="border-line border-b py-1.5 last:border-b-0">
      <ul className="flex flex-col gap-1">
        {items.map(({ label, icon: Icon, path }) => (
          <li key={label}>
            <NavLink
              to={path(orgId)}
              className="flex w-16 flex-col items-center gap-0.5 rounded-md py-1.5 text-center text-2xs text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              <Icon aria-hidden className="size-4.5" strokeWidth={1.75} />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </li>
  ));
}

/** The navigation of wide windows: pages above, the person below. */
export function NavRail({ orgId }: { readonly orgId: string | undefined }): ReactNode {
  return (
    <nav
      aria-label="Main"
      className="flex h-dvh w-[4.5rem] flex-col items-center border-line border-r bg-canvas py-2.5 max-md:hidden"
    >
      <Link to="/" aria-label="AegisGuard, start" className="rounded-md p-1">
        <Mark className="size-6" />
      </Link>
      <ul className="scrollbar-slim mt-1.5 min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        {orgId === undefined ? null : <RailPages orgId={orgId} />}
      </ul>
      <div className="pt-2">
        <UserMenu side="right" />
      </div>
    </nav>
  );
}
