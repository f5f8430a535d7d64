import type { Permission } from '@aegisguard/model';
import { useMe } from './use-me.ts';

/** Whether the person may do something in the organization; nothing while that is not known yet. */
export function useMay(orgId: string): {
  readonly isKnown: boolean;
  readonly may: (permission: Permission) => boolean;
} {
  const { data: me } = useMe();
  const permissions = me?.organizations.find(({ id }) => id === orgId)?.permissions;
  return { isKnown: permissions !== undefined, may: (permission) => permissions?.includes(permission) ?? false };
}
