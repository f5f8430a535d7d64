/** The fine-grained permissions that routes declare (product brief §2). A role is a set of them. */
export const PERMISSIONS = ['logs:read', 'organization:read', 'organization:write', 'usage:read'] as const;

/** One permission. */
export type Permission = (typeof PERMISSIONS)[number];

/** The built-in roles, most powerful first. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;

/** A built-in role. */
export type Role = (typeof ROLES)[number];

/** What each role may do. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(PERMISSIONS),
  admin: new Set(PERMISSIONS),
  member: new Set<Permission>(['logs:read', 'organization:read', 'usage:read']),
  viewer: new Set<Permission>(['logs:read', 'organization:read', 'usage:read']),
};

/** What an ingest key may write. */
export const INGEST_SCOPES = ['logs:write', 'metrics:write', 'traces:write', 'rum:write', 'events:write'] as const;

/** One ingest scope. */
export type IngestScope = (typeof INGEST_SCOPES)[number];
