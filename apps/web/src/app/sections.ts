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
  { slug: 'api-keys', label: 'API keys', permission: 'keys:read' },
];

/** Of `/o/:orgId/security`. */
export const SECURITY_SECTIONS: readonly PageSection[] = [
  { slug: 'events', label: 'Security events', permission: 'events:read' },
  { slug: 'audit', label: 'Audit log', permission: 'audit:read' },
];

/** Of `/account`: what belongs to the person, whatever the organization. */
export const ACCOUNT_SECTIONS: readonly PageSection[] = [];
