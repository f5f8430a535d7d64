import { type MemberView, ORGANIZATION_ROUTES, PEOPLE_ROUTES } from '@aegisguard/model';
import { queryOptions } from '@tanstack/react-query';
import { callRoute } from './call-route.ts';

const LIST_MAX = 200;

// Others change all of it, too: it is read again whenever a page that shows it is opened.

/** The organization and its settings. */
export const organizationQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['organization', orgId],
    queryFn: ({ signal }) => callRoute(ORGANIZATION_ROUTES.readOrganization, { orgId, signal }),
    staleTime: 0,
  });

/** Built-in roles and the organization's own. */
export const rolesQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['roles', orgId],
    queryFn: async ({ signal }) => (await callRoute(PEOPLE_ROUTES.listRoles, { orgId, signal })).items,
    staleTime: 0,
  });

/** The people who have no second factor, all of them. */
export const withoutFactorQuery = (orgId: string) =>
  queryOptions({
    queryKey: ['people', orgId, 'without-factor'],
    queryFn: async ({ signal }) => {
      const found: MemberView[] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const query = { limit: LIST_MAX, ...(cursor === undefined ? {} : { cursor }) };
        const page = await callRoute(PEOPLE_ROUTES.listUsers, { query, orgId, signal });
        found.push(...page.items.filter(({ mfaEnabled }) => !mfaEnabled));
        cursor = page.nextCursor;
      }
      return found;
    },
    staleTime: 0,
  });
