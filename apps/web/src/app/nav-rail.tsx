import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { Mark } from './mark.tsx';
import { NAV_ITEMS } from './nav-items.ts';
import { UserMenu } from './user-menu.tsx';

/** The navigation of wide windows: pages above, the person below. */
export function NavRail({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <nav
      aria-label="Main"
      className="flex w-16 flex-col items-center border-line border-r bg-canvas py-2.5 max-md:hidden"
    >
      <Link to="/" aria-label="AegisGuard, start" className="rounded-md p-1">
        <Mark className="size-6" />
      </Link>
      <ul className="mt-3 flex flex-1 flex-col gap-1">
        {NAV_ITEMS.map(({ label, icon: Icon, path }) => (
          <li key={label}>
            <NavLink
              to={path(orgId)}
              className="flex w-14 flex-col items-center gap-0.5 rounded-md py-1.5 text-center text-2xs text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              <Icon aria-hidden className="size-4.5" strokeWidth={1.75} />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
      <UserMenu side="right" />
    </nav>
  );
}
