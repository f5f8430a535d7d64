import type { MembershipView, Permission } from '@aegisguard/model';
import { useMe } from './use-me.ts';

/** Whether a member may do it; what needs no permission everybody may. */
function mayMember(membership: MembershipView | undefined, permission: Permission | undefined): boolean {
  return permission === undefined || (membership?.permissions.includes(permission) ?? false);
}

/**
 * What the person may do in an organization; nothing while that is not known. `shows` is for what leads somewhere, which is shown until it is known to lead nowhere: the server decides on every call anyway.
 */
export function useMay(orgId: string | undefined): {
  readonly isKnown: boolean;
  readonly may: (permission: Permission | undefined) => boolean;
  readonly shows: (permission: Permission | undefined) => boolean;
} {
  const { data: me } = useMe();
  const membership = me?.organizations.find(({ id }) => id === orgId);
  const may = (permission: Permission | undefined) => mayMember(membership, permission);
  return { isKnown: membership !== undefined, may, shows: (permission) => membership === undefined || may(permission) };
}
