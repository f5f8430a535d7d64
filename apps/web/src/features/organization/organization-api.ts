import { ORGANIZATION_ROUTES, type OrganizationUpdate, type OrganizationView } from '@aegisguard/model';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { organizationQuery } from '../../lib/organization-api.ts';

/** What the database really keeps, and for how long. */
export const retentionQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['organization', orgId, 'retention'],
    queryFn: ({ signal }) => callRoute(ORGANIZATION_ROUTES.readRetention, { orgId, signal }),
    staleTime: 0,
  });

/** Changes settings of the organization; whatever shows them is up to date afterwards. */
export function useUpdateOrganization(orgId: string): (update: OrganizationUpdate) => Promise<OrganizationView> {
  const client = useQueryClient();
  return useCallback(
    async (body) => {
      const saved = await callRoute(ORGANIZATION_ROUTES.updateOrganization, { body, orgId });
      client.setQueryData(organizationQuery(orgId).queryKey, saved);
      void client.invalidateQueries({ queryKey: retentionQuery(orgId).queryKey });
      void client.invalidateQueries({ queryKey: ['me'] });
      return saved;
    },
    [client, orgId],
  );
}
