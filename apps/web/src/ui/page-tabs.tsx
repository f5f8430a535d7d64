import type { ReactNode } from 'react';
import { NavLink } from 'react-router';

/** Pages that belong together, as a row of tabs; the search goes along. */
export function PageTabs({
  label,
  pages,
  search,
}: {
  readonly label: string;
  readonly pages: readonly { readonly label: string; readonly pathname: string }[];
  readonly search: string;
}): ReactNode {
  return (
    <nav aria-label={label} className="flex shrink-0 gap-1 border-line border-b bg-surface px-3 py-1">
      {pages.map((page) => (
        <NavLink
          key={page.label}
          end
          to={{ pathname: page.pathname, search }}
          className="flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text"
        >
          {page.label}
        </NavLink>
      ))}
    </nav>
  );
}
