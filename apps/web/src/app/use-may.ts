import type { MembershipView, Permission } from '@aegisguard/model';
import { useMe } from './use-me.ts';

/** A membership of an answer that may say what the person may do there. */
type Membership = Pick<MembershipView, 'id'> & { readonly permissions?: readonly Permission[] };

/** Whether a member may do it, as far as is known here: the server decides on every call, so what is not known is shown. */
export function mayMember(membership: Membership | undefined, permission: Permission | undefined): boolean {
  return permission === undefined || (membership?.permissions?.includes(permission) ?? true);
}

/** What the person may do in an organization: `may('keys:write')`. */
export function useMay(orgId: string | undefined): (permission: Permission | undefined) => boolean {
  const { data: me } = useMe();
  const membership = me?.organizations.find(({ id }) => id === orgId);
  return (permission) => mayMember(membership, permission);
}
