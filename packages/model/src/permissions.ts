/** The fine-grained permissions that routes declare. A role is a set of them. */
export const PERMISSIONS = [
  'logs:read',
  'metrics:read',
  'traces:read',
  'rum:read',
  'events:read',
  'keys:read',
  'keys:write',
  'organization:read',
  'organization:write',
  'usage:read',
] as const;

/** One permission. */
export type Permission = (typeof PERMISSIONS)[number];

/** The built-in roles, most powerful first. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;

/** A built-in role. */
export type Role = (typeof ROLES)[number];

const TELEMETRY: readonly Permission[] = ['logs:read', 'metrics:read', 'traces:read', 'rum:read'];

/** What a query token may do: read telemetry, and nothing of the organization itself. */
export const QUERY_TOKEN_PERMISSIONS: ReadonlySet<Permission> = new Set(TELEMETRY);

/** What each role may do. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(PERMISSIONS),
  admin: new Set(PERMISSIONS),
  member: new Set<Permission>([...TELEMETRY, 'events:read', 'keys:read', 'organization:read', 'usage:read']),
  viewer: new Set<Permission>([...TELEMETRY, 'organization:read', 'usage:read']),
};

/** What an ingest key may write. */
export const INGEST_SCOPES = ['logs:write', 'metrics:write', 'traces:write', 'rum:write', 'events:write'] as const;

/** One ingest scope. */
export type IngestScope = (typeof INGEST_SCOPES)[number];

/** How a key proves itself (contract §3): an HMAC over the body, a bearer token, an allow-listed origin, or a bearer token that reads. */
export const API_KEY_KINDS = ['signed', 'token', 'browser', 'query'] as const;

/** A kind of API key. */
export type ApiKeyKind = (typeof API_KEY_KINDS)[number];
