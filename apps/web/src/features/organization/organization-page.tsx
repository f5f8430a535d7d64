import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { organizationQuery } from '../../lib/organization-api.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeleteSection } from './delete-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { LeaveSection } from './leave-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { MfaSection } from './mfa-section.tsx';
import { RetentionSection } from './retention-section.tsx';

/** The organization's settings, and its end. */
export function OrganizationPage(): ReactNode {
  const orgId = useOrgId();
  const { may, isKnown } = useMay(orgId);
  const { data: organization, error, refetch } = useQuery(organizationQuery(orgId));
  if (organization === undefined || !isKnown) {
    return error === null ? (
      <>
        <Skeleton className="h-40 w-full" />
        <Skeleton className="h-64 w-full" />
      </>
    ) : (
      <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
    );
  }
  const parts = { organization, mayWrite: may('organization:write') };
  return (
    <>
      <GeneralSection {...parts} />
      <RetentionSection {...parts} />
      <MfaSection {...parts} mayReadPeople={may('users:read')} />
      <LimitsSection {...parts} />
      <LeaveSection organization={organization} />
      {may('organization:delete') ? <DeleteSection organization={organization} /> : null}
    </>
  );
}
