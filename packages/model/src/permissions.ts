/** What each permission lets one do, in words that the page of roles shows. Routes declare one; a role is a set of them. */
export const PERMISSION_TEXTS = {
  'logs:read': 'Search logs',
  'metrics:read': 'Query metrics',
  'traces:read': 'Search traces',
  'rum:read': 'See sessions of real users',
  'dashboards:read': 'Open dashboards and saved views',
  'dashboards:write': 'Change dashboards and saved views',
  'monitors:read': 'See rules and monitors',
  'monitors:write': 'Change rules and monitors',
  'keys:read': 'List API keys',
  'keys:write': 'Make, rotate and revoke API keys',
  'users:read': 'List people, invitations and roles',
  'users:write': 'Invite and remove people, change their roles',
  'audit:read': 'Read, verify and export the audit log',
  'events:read': 'See security events',
  'usage:read': 'See what is sent and what is refused',
  'organization:read': 'See the settings of the organization',
  'organization:write': 'Change the settings of the organization',
  'organization:delete': 'Delete the organization with all its data',
} as const;

/** One permission. */
export type Permission = keyof typeof PERMISSION_TEXTS;

/** The fine-grained permissions that routes declare. */
export const PERMISSIONS = Object.keys(PERMISSION_TEXTS) as [Permission, ...Permission[]];

/** The built-in roles, most powerful first. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;

/** A built-in role. */
export type Role = (typeof ROLES)[number];

const TELEMETRY: readonly Permission[] = ['logs:read', 'metrics:read', 'traces:read', 'rum:read'];

/** What a query token may do: read telemetry, and nothing of the organization itself. */
export const QUERY_TOKEN_PERMISSIONS: ReadonlySet<Permission> = new Set(TELEMETRY);

const VIEWER: readonly Permission[] = [
  ...TELEMETRY,
  'dashboards:read',
  'monitors:read',
  'organization:read',
  'usage:read',
];
const MEMBER: readonly Permission[] = [
  ...VIEWER,
  'dashboards:write',
  'monitors:write',
  'keys:read',
  'users:read',
  'events:read',
];

/** What each built-in role may do. Beyond these sets stands one rule: only an owner makes, changes or removes an owner. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(PERMISSIONS),
  admin: new Set(PERMISSIONS.filter((permission) => permission !== 'organization:delete')),
  member: new Set(MEMBER),
  viewer: new Set(VIEWER),
};

/** What an ingest key may write. */
export const INGEST_SCOPES = ['logs:write', 'metrics:write', 'traces:write', 'rum:write', 'events:write'] as const;

/** One ingest scope. */
export type IngestScope = (typeof INGEST_SCOPES)[number];

/** How a key proves itself (contract §3): an HMAC over the body, a bearer token, an allow-listed origin, or a bearer token that reads. */
export const API_KEY_KINDS = ['signed', 'token', 'browser', 'query'] as const;

/** A kind of API key. */
export type ApiKeyKind = (typeof API_KEY_KINDS)[number];
