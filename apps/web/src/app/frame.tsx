import type { ReactNode } from 'react';
import { NavRail } from './nav-rail.tsx';

const MAIN_ID = 'main';

/** What is around every page: the navigation, and a way past it. */
export function Frame({
  orgId,
  children,
}: {
  /** Whose pages the navigation leads to; undefined for a person without an organization. */
  readonly orgId: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="grid h-full grid-cols-1 md:grid-cols-[auto_minmax(0,1fr)]">
      <a
        href={`#${MAIN_ID}`}
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        onClick={(event) => {
          // Focus moves; the address, which is the view, does not.
          event.preventDefault();
          document.getElementById(MAIN_ID)?.focus();
        }}
      >
        Skip to content
      </a>
      <NavRail orgId={orgId} />
      <main id={MAIN_ID} tabIndex={-1} className="flex h-dvh min-w-0 flex-col overflow-hidden outline-none">
        {children}
      </main>
    </div>
  );
}
