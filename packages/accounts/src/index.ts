export { Accounts, type AccountsOptions, openAccounts } from './accounts.ts';
export type { AccountsLogger } from './accounts-logger.ts';
export type { BootstrapOutcome, BootstrapWishes, MadeUp } from './bootstrap.ts';
export type {
  IngestKey,
  IngestKeyCredentials,
  NewIngestKey,
} from './ingest-keys.ts';
export { type MigrateOptions, migrateAccounts } from './migrate-accounts.ts';
export type { Migration } from './migration-files.ts';
export type { Membership, NewOrganization, OrganizationSettings } from './organizations.ts';
export type { NewUser, User } from './users.ts';
