import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { asApiError } from '../lib/api-error.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { startOrganization } from './last-organization.ts';
import { NoOrganization } from './no-organization.tsx';
import { homePath } from './paths.ts';
import { useMe } from './use-me.ts';

/** The address without an organization: goes to the one that was last looked at, keeping the parameters, so that `/logs?q=…` is a link for everyone. */
export function StartRedirect({ path = homePath }: { readonly path?: (orgId: string) => string }): ReactNode {
  const { data: me, error, refetch } = useMe();
  const { search } = useLocation();
  if (error !== null) {
    return <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />;
  }
  if (me === undefined) {
    return null;
  }
  const organization = startOrganization(me.organizations);
  return organization === undefined ? <NoOrganization /> : <Navigate to={path(organization.id) + search} replace />;
}
