import { PERMISSION_TEXTS, type Permission } from '@aegisguard/model';

/** Permissions that belong together, in the order of the page. */
export const PERMISSION_GROUPS: readonly { readonly label: string; readonly permissions: readonly Permission[] }[] = [
  { label: 'Telemetry', permissions: ['logs:read', 'metrics:read', 'traces:read', 'rum:read'] },
  { label: 'Dashboards', permissions: ['dashboards:read', 'dashboards:write'] },
  { label: 'Rules and monitors', permissions: ['monitors:read', 'monitors:write'] },
  { label: 'Sending', permissions: ['usage:read', 'keys:read', 'keys:write'] },
  { label: 'People', permissions: ['users:read', 'users:write'] },
  { label: 'Security', permissions: ['events:read', 'audit:read'] },
  { label: 'Organization', permissions: ['organization:read', 'organization:write', 'organization:delete'] },
];

/** The groups as choices; what the giver lacks cannot be given. */
export function permissionChoices(mayGive: (permission: Permission) => boolean) {
  return PERMISSION_GROUPS.map(({ label, permissions }) => ({
    label,
    choices: permissions.map((permission) => ({
      value: permission,
      label: PERMISSION_TEXTS[permission],
      disabledReason: mayGive(permission) ? undefined : 'You may not do this yourself.',
    })),
  }));
}
