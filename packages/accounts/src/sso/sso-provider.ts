import { type OrgId, parseOrgId, SsoSettings } from '@aegisguard/model';
import type { SsoProvider as SsoProviderRow } from '../generated/client.ts';
import type { SecretBox } from '../secret-box.ts';

/** How an organization's identity provider is set up; nothing secret. */
export interface SsoProvider extends Omit<SsoSettings, 'clientSecret'> {
  readonly id: string;
  readonly orgId: OrgId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A provider that people may sign in with, and what the login needs beside that. */
export interface SsoLoginProvider extends SsoProvider {
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
}

/** The provider of a row. */
export function toSsoProvider(row: SsoProviderRow): SsoProvider {
  const { id, name, issuer, clientId, scopes, groupsClaim, defaultRole, provision, enabled, createdAt, updatedAt } =
    row;
  return {
    id,
    orgId: parseOrgId(row.orgId),
    name,
    issuer,
    clientId,
    scopes,
    groupsClaim,
    roleMapping: SsoSettings.shape.roleMapping.parse(row.roleMapping),
    defaultRole,
    provision,
    enabled,
    createdAt,
    updatedAt,
  };
}

/** The provider of a row, with its secret. */
export function toSsoLoginProvider(box: SecretBox, row: SsoProviderRow): SsoLoginProvider {
  const { id, clientSecret } = row;
  return {
    ...toSsoProvider(row),
    clientSecret: clientSecret === null ? undefined : box.open(clientSecret, id).toString(),
  };
}
