import { AegisError, type OrgId, type Permission, ROLE_PERMISSIONS } from '@aegisguard/model';
import type { PrismaTransaction } from './database.ts';
import { isPermission, isRole } from './membership.ts';
import { isId } from './new-id.ts';

/** A role as memberships and invitations refer to it. */
export interface GivenRole {
  /** A built-in role, or `custom`. */
  readonly role: string;
  /** Of a role of the organization's own. */
  readonly roleId: string | null;
  /** As people call it. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** A row that refers to a role, with the role. */
interface RoleHolder {
  readonly role: string;
  readonly roleId: string | null;
  readonly orgRole: { readonly name: string; readonly permissions: readonly string[] } | null;
}

/** The role of a membership or invitation. One that this version does not know gives nothing. */
export function roleOf({ role, roleId, orgRole }: RoleHolder): GivenRole {
  if (orgRole !== null) {
    return { role, roleId, name: orgRole.name, permissions: new Set(orgRole.permissions.filter(isPermission)) };
  }
  return { role, roleId, name: role, permissions: isRole(role) ? ROLE_PERMISSIONS[role] : new Set() };
}

/** What answers call a role: a built-in role's name, or an id. */
export function roleRef({ role, roleId }: Pick<GivenRole, 'role' | 'roleId'>): string {
  return roleId ?? role;
}

/** The role that is to be given; `invalid-request` when the organization has none of that name or id. */
export async function demandRole(prisma: PrismaTransaction, orgId: OrgId, ref: string): Promise<GivenRole> {
  if (isRole(ref)) {
    return { role: ref, roleId: null, name: ref, permissions: ROLE_PERMISSIONS[ref] };
  }
  const orgRole = isId(ref) ? await prisma.orgRole.findFirst({ where: { orgId, id: ref } }) : null;
  if (orgRole === null) {
    const message = 'There is no such role.';
    throw new AegisError('invalid-request', { detail: message, members: { errors: [{ path: '/role', message }] } });
  }
  return roleOf({ role: 'custom', roleId: orgRole.id, orgRole });
}
