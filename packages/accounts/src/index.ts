export { Accounts, type AccountsOptions, openAccounts } from './accounts.ts';
export type { AccountsLogger } from './accounts-logger.ts';
export { type Actor, SYSTEM_ACTOR } from './actor.ts';
export type { ApiKey, ApiKeyCredentials, ApiKeyListing, ApiKeyListRequest, NewApiKey } from './api-keys.ts';
export type { AuditFilter } from './audit/audit-log.ts';
export type { AuditEntry } from './audit/audit-row.ts';
export type { Change } from './audit/audit-trail.ts';
export type { BootstrapOutcome, BootstrapWishes, MadeUp } from './bootstrap.ts';
export type { ListedDashboard, StoredDashboard, StoredVersion } from './dashboards/dashboard-row.ts';
export { normalizeEmail } from './email.ts';
export type { Erasure, ErasureLease } from './erasures.ts';
export type { IngestKey } from './ingest-keys.ts';
export type { IngestKeyCredentials, NewIngestKey } from './insert-key.ts';
export type { AcceptedFrom, Invitation } from './invitations.ts';
export { isTokenOf, keyIdOfToken } from './key-text.ts';
export type { Member } from './member-list.ts';
export type { Membership } from './membership.ts';
export type { NewPasskey, Passkey, PasskeyCredential, PasskeyUse } from './mfa/passkeys.ts';
export type { SecondFactorState, TypedFactor } from './mfa/second-factors.ts';
export { type MigrateOptions, migrateAccounts } from './migrate-accounts.ts';
export type { Migration } from './migration-files.ts';
export type { AddedMember, NewMember } from './new-members.ts';
export type {
  NewOrganization,
  OrganizationChange,
  OrganizationDetails,
  OrganizationRetention,
} from './organizations.ts';
export { isAllowedOrigin } from './origins.ts';
export type { PasswordReset } from './password-changes.ts';
export { demandStrongPassword, type PasswordOwner } from './password-rules.ts';
export type { NewRegistration, Registered } from './registration.ts';
export type { RoleContent, RoleListing } from './roles.ts';
export type { ImportedGroups } from './rules/rule-groups.ts';
export type { RuleLease } from './rules/rule-schedule.ts';
export type { GroupOutcome, RuleOutcome, StoredRuleGroup } from './rules/stored-rule-group.ts';
export type { StoredView, ViewPosition } from './saved-views.ts';
export { SESSION_IDLE_MS, SESSION_LIFE_MS, type SessionOwner } from './session-life.ts';
export type { ListedSession } from './session-listing.ts';
export type { Device, Rotation } from './session-rotation.ts';
export type { NewSession, SessionAccess, SessionPlace } from './sessions.ts';
export type { Admission, ClaimsSource, SsoRefusal } from './sso/sso-admission.ts';
export { claimAt } from './sso/sso-person.ts';
export type { SsoLoginProvider, SsoProvider } from './sso/sso-provider.ts';
export type { SsoSetup } from './sso/sso-providers.ts';
export type { KnownUser, NewUser, User } from './users.ts';
export type { StoredDocument } from './versioned-document.ts';
