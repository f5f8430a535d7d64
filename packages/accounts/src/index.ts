export { Accounts, type AccountsOptions, openAccounts } from './accounts.ts';
export type { AccountsLogger } from './accounts-logger.ts';
export { type Actor, SYSTEM_ACTOR } from './actor.ts';
export type { ApiKey, ApiKeyCredentials, ApiKeyListing, ApiKeyListRequest, NewApiKey } from './api-keys.ts';
export type { Change } from './audit/audit-trail.ts';
export type { BootstrapOutcome, BootstrapWishes, MadeUp } from './bootstrap.ts';
export type {
  IngestKey,
  IngestKeyCredentials,
  NewIngestKey,
} from './ingest-keys.ts';
export { isTokenOf, keyIdOfToken } from './key-text.ts';
export type { Membership } from './membership.ts';
export { type MigrateOptions, migrateAccounts } from './migrate-accounts.ts';
export type { Migration } from './migration-files.ts';
export type { NewOrganization, OrganizationSettings } from './organizations.ts';
export { isAllowedOrigin } from './origins.ts';
export type { StoredPrivacyPolicy } from './privacy-policies.ts';
export { type NewSession, SESSION_LIFE_MS, type SessionAccess } from './sessions.ts';
export type { Admission, ClaimsSource, SsoRefusal } from './sso/sso-admission.ts';
export { claimAt } from './sso/sso-person.ts';
export type { SsoLoginProvider, SsoProvider } from './sso/sso-provider.ts';
export type { SsoSetup } from './sso/sso-providers.ts';
export type { NewUser, User } from './users.ts';
