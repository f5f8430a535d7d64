import { type ReactNode, Suspense, useEffect } from 'react';
import { Outlet } from 'react-router';
import { Frame } from './frame.tsx';
import { rememberOrganization } from './last-organization.ts';
import { MfaMissing } from './mfa-missing.tsx';
import { NoOrganization } from './no-organization.tsx';
import { useMe } from './use-me.ts';
import { useOrgId } from './use-org-id.ts';

/** What is around every page of an organization. The page starts loading beside `/auth/me`, not after it: the server decides on every call anyway. */
export function Shell(): ReactNode {
  const orgId = useOrgId();
  const { data: me } = useMe();
  const membership = me?.organizations.find((organization) => organization.id === orgId);
  const isMember = me === undefined ? undefined : membership !== undefined;
  useEffect(() => {
    if (isMember === true) {
      rememberOrganization(orgId);
    }
  }, [orgId, isMember]);
  if (isMember === false) {
    return <NoOrganization />;
  }
  return (
    <Frame orgId={orgId}>
      {/* Another organization is another page: nothing of the first may stay on the screen. */}
      <Suspense fallback={null}>
        {membership?.mfaMissing === true ? <MfaMissing organizationName={membership.name} /> : <Outlet key={orgId} />}
      </Suspense>
    </Frame>
  );
}
