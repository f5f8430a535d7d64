import { type ReactNode, Suspense, useEffect } from 'react';
import { Outlet } from 'react-router';
import { rememberOrganization } from './last-organization.ts';
import { NavRail } from './nav-rail.tsx';
import { NoOrganization } from './no-organization.tsx';
import { useMe } from './use-me.ts';
import { useOrgId } from './use-org-id.ts';

const MAIN_ID = 'main';

/** What is around every page of an organization. The page starts loading beside `/auth/me`, not after it: the server decides on every call anyway. */
export function Shell(): ReactNode {
  const orgId = useOrgId();
  const { data: me } = useMe();
  const isMember = me?.organizations.some((organization) => organization.id === orgId);
  useEffect(() => {
    if (isMember === true) {
      rememberOrganization(orgId);
    }
  }, [orgId, isMember]);
  if (isMember === false) {
    return <NoOrganization />;
  }
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
        {/* Another organization is another page: nothing of the first may stay on the screen. */}
        <Suspense fallback={null}>
          <Outlet key={orgId} />
        </Suspense>
      </main>
    </div>
  );
}
