import { type InvitationView, type MemberView, PEOPLE_ROUTES } from '@aegisguard/model';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { type RowList, useCursorList } from '../../lib/use-cursor-list.ts';

/** People by name; of those whose name or address contains `search`, where that is not empty. */
export function usePeople(orgId: string, search: string): RowList<MemberView> {
  return useCursorList({
    queryKey: ['people', orgId, 'list', search],
    readPage: (cursor, signal) =>
      callRoute(PEOPLE_ROUTES.listUsers, {
        query: { ...(search === '' ? {} : { q: search }), ...(cursor === null ? {} : { cursor }) },
        orgId,
        signal,
      }),
  });
}

/** Invitations that wait, newest first. */
export function useInvitations(orgId: string): RowList<InvitationView> {
  return useCursorList({
    queryKey: ['invitations', orgId, 'list'],
    readPage: (cursor, signal) =>
      callRoute(PEOPLE_ROUTES.listInvitations, { query: cursor === null ? {} : { cursor }, orgId, signal }),
  });
}

/** After a change of who belongs to the organization, everything that tells of it is read again. */
export function useAfterPeopleChange(orgId: string): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    for (const name of ['people', 'invitations', 'roles', 'organization']) {
      void client.invalidateQueries({ queryKey: [name, orgId] });
    }
    void client.invalidateQueries({ queryKey: ['me'] });
  }, [client, orgId]);
}
