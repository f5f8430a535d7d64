import type { Permission } from '@aegisguard/model';

/** A page below another one, in its sub-navigation. */
export interface PageSection {
  /** The last part of its address. */
  readonly slug: string;
  readonly label: string;
  /** Without it the section is not shown. */
  readonly permission?: Permission;
}

// A page that is added: a line here, and one in pages.tsx. What has no section has no entry in the navigation either.

/** Of `/o/:orgId/settings`. */
export const SETTINGS_SECTIONS: readonly PageSection[] = [
  { slug: 'organization', label: 'Organization', permission: 'organization:read' },
  { slug: 'people', label: 'People', permission: 'users:read' },
  { slug: 'roles', label: 'Roles', permission: 'users:read' },
  { slug: 'sso', label: 'Single sign-on', permission: 'organization:read' },
  { slug: 'trace-sampling', label: 'Trace sampling', permission: 'organization:read' },
  { slug: 'api-keys', label: 'API keys', permission: 'keys:read' },
];

/** Of `/o/:orgId/security`. */
export const SECURITY_SECTIONS: readonly PageSection[] = [
  { slug: 'events', label: 'Security events', permission: 'events:read' },
  { slug: 'audit', label: 'Audit log', permission: 'audit:read' },
];

/** Of `/account`: what belongs to the person, whatever the organization. */
export const ACCOUNT_SECTIONS: readonly PageSection[] = [
  { slug: 'profile', label: 'Profile' },
  { slug: 'security', label: 'Security' },
  { slug: 'sessions', label: 'Sessions' },
  // Below the account, for it outlives the organization; `/erasures` is the API's.
  { slug: 'erasures', label: 'Deleted organizations' },
];
