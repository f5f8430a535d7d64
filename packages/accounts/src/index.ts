export { Accounts, type AccountsOptions, openAccounts } from './accounts.ts';
export type { AccountsLogger } from './accounts-logger.ts';
export { type Actor, SYSTEM_ACTOR } from './actor.ts';
export type { ApiKey, ApiKeyCredentials, ApiKeyListing, ApiKeyListRequest, NewApiKey } from './api-keys.ts';
export type { BootstrapOutcome, BootstrapWishes, MadeUp } from './bootstrap.ts';
export type { Erasure, ErasureLease } from './erasures.ts';
export type {
  IngestKey,
  IngestKeyCredentials,
  NewIngestKey,
} from './ingest-keys.ts';
export type { AcceptedFrom, Invitation } from './invitations.ts';
export { isTokenOf, keyIdOfToken } from './key-text.ts';
export type { Member } from './member-list.ts';
export type { Membership } from './membership.ts';
export { type MigrateOptions, migrateAccounts } from './migrate-accounts.ts';
export type { Migration } from './migration-files.ts';
export type { AddedMember, NewMember } from './new-members.ts';
export type {
  NewOrganization,
  OrganizationChange,
  OrganizationDetails,
} from './organizations.ts';
export { isAllowedOrigin } from './origins.ts';
export type { StoredPrivacyPolicy } from './privacy-policies.ts';
export type { RoleContent, RoleListing } from './roles.ts';
export { type NewSession, SESSION_LIFE_MS, type SessionAccess } from './sessions.ts';
export type { NewUser, User } from './users.ts';
