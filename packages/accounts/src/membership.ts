import {
  type OrgId,
  PERMISSIONS,
  type Permission,
  parseOrgId,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from '@aegisguard/model';

/** A user's place in one organization. */
export interface Membership {
  readonly orgId: OrgId;
  readonly name: string;
  /** A built-in role, or the id of a role of the organization's own. */
  readonly role: string;
  /** As people call it. */
  readonly roleName: string;
  readonly permissions: ReadonlySet<Permission>;
  /** Everybody in the organization needs a second factor. */
  readonly mfaRequired: boolean;
}

/** A row of `memberships` with its organization and role. */
export interface MembershipRow {
  readonly orgId: string;
  readonly name: string;
  readonly role: string;
  readonly roleId: string | null;
  readonly roleName: string | null;
  readonly permissions: readonly string[] | null;
  readonly mfaRequired: boolean;
}

/** The membership of a row. A role that this version does not know gives no access, so such a membership is left out. */
export function membershipOf(row: MembershipRow): Membership[] {
  const place = { orgId: parseOrgId(row.orgId), name: row.name, mfaRequired: row.mfaRequired };
  if (row.roleId !== null) {
    const permissions = new Set((row.permissions ?? []).filter(isPermission));
    return [{ ...place, role: row.roleId, roleName: row.roleName ?? '', permissions }];
  }
  return isRole(row.role)
    ? [{ ...place, role: row.role, roleName: row.role, permissions: ROLE_PERMISSIONS[row.role] }]
    : [];
}

/** Whether this version has such a built-in role. */
export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/** Whether this version has such a permission. */
export function isPermission(text: string): text is Permission {
  return PERMISSIONS.some((permission) => permission === text);
}
