import { type MembershipView, PERMISSION_TEXTS, type Permission, type RoleView } from '@aegisguard/model';

/** A role as people call it: built-in ones with a capital. */
export function roleWords({ role, roleName }: { readonly role: string; readonly roleName: string }): string {
  return role === roleName ? roleName.charAt(0).toUpperCase() + roleName.slice(1) : roleName;
}

/** The same of a role itself. */
export function roleTitle({ id, name }: Pick<RoleView, 'id' | 'name'>): string {
  return roleWords({ role: id, roleName: name });
}

/** Why somebody may not give a permission; undefined when they may. */
function whyNotGivePermission(permission: Permission, giver: Pick<MembershipView, 'permissions'>): string | undefined {
  return giver.permissions.includes(permission)
    ? undefined
    : 'You may not do this yourself, so you cannot let others do it.';
}

/** Why somebody may not give a role, take it away or invite to it; undefined when they may. The server decides by the same rule. */
export function whyNotGiveRole(
  { id, permissions }: Pick<RoleView, 'id' | 'permissions'>,
  giver: Pick<MembershipView, 'role' | 'permissions'>,
): string | undefined {
  if (id === 'owner' && giver.role !== 'owner') {
    return 'Only an owner makes owners.';
  }
  const lacking = permissions.find((permission) => whyNotGivePermission(permission, giver) !== undefined);
  return lacking === undefined
    ? undefined
    : `You may not do this yourself: ${PERMISSION_TEXTS[lacking].toLowerCase()}.`;
}
