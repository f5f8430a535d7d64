export { Accounts, type AccountsOptions, openAccounts } from './accounts.ts';
export type { AccountsLogger } from './accounts-logger.ts';
export { type Actor, SYSTEM_ACTOR } from './actor.ts';
export type { ApiKey, ApiKeyCredentials, ApiKeyListing, ApiKeyListRequest, NewApiKey } from './api-keys.ts';
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
export type { PasswordReset } from './password-changes.ts';
export { demandStrongPassword, type PasswordOwner } from './password-rules.ts';
export type { StoredPrivacyPolicy } from './privacy-policies.ts';
export type { NewRegistration, Registered } from './registration.ts';
export { SESSION_IDLE_MS, SESSION_LIFE_MS, type SessionOwner } from './session-life.ts';
export type { ListedSession } from './session-listing.ts';
export type { Device, Rotation } from './session-rotation.ts';
export type { NewSession, SessionAccess, SessionPlace } from './sessions.ts';
export type { KnownUser, NewUser, User } from './users.ts';
