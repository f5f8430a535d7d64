import type { LogPipelines, OrgId, PrivacyPolicy, TraceSampling } from '@aegisguard/model';
import { type AccountsLogger, SILENT_LOGGER } from './accounts-logger.ts';
import type { Actor } from './actor.ts';
import { ApiKeys } from './api-keys.ts';
import { AuditChain } from './audit/audit-chain.ts';
import { AuditLog } from './audit/audit-log.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { type BootstrapOutcome, type BootstrapWishes, bootstrap } from './bootstrap.ts';
import { Changes } from './changes.ts';
import { Dashboards } from './dashboards/dashboards.ts';
import { Database } from './database.ts';
import { LOG_PIPELINES, PRIVACY_POLICY, TRACE_SAMPLING } from './document-kinds.ts';
import { ErasureProof } from './erasure-proof.ts';
import { Erasures } from './erasures.ts';
import { IngestKeys } from './ingest-keys.ts';
import { Invitations } from './invitations.ts';
import { Members } from './members.ts';
import { Passkeys } from './mfa/passkeys.ts';
import { RecoveryCodeHash } from './mfa/recovery-code.ts';
import { RecoveryCodes } from './mfa/recovery-codes.ts';
import { SecondFactors } from './mfa/second-factors.ts';
import { migrateAccounts } from './migrate-accounts.ts';
import { NewMembers } from './new-members.ts';
import { Organizations } from './organizations.ts';
import { PasswordChanges } from './password-changes.ts';
import { Passwords } from './passwords.ts';
import { privacyHashKey } from './privacy-hash-key.ts';
import { RefreshTokens } from './refresh-token.ts';
import { type NewRegistration, type Registered, register } from './registration.ts';
import { Roles } from './roles.ts';
import { RuleGroups } from './rules/rule-groups.ts';
import { RuleSchedule } from './rules/rule-schedule.ts';
import { SavedViews } from './saved-views.ts';
import { SecretBox } from './secret-box.ts';
import { Sessions } from './sessions.ts';
import { SsoAdmission } from './sso/sso-admission.ts';
import { SsoProviders } from './sso/sso-providers.ts';
import { sweepAccounts } from './sweep.ts';
import { Users } from './users.ts';
import { VersionedDocument } from './versioned-document.ts';

/** What `openAccounts` needs. */
export interface AccountsOptions {
  readonly databaseUrl: string;
  /** 32 bytes; every stored secret is sealed under it, and the keys of hashes are drawn from it. */
  readonly masterKey: Uint8Array;
  /** Connections at most; each costs the server a process of a few MB. */
  readonly poolMax?: number;
  readonly logger?: AccountsLogger;
  /** Unix ms; for tests. */
  readonly now?: () => number;
}

const POOL_MAX_DEFAULT = 10;

/**
 * The control plane's people, organizations and keys. Everything that an organization owns is reached with its OrgId first, and what changes something takes the `Actor` who does it: the entry of the audit log is
 * part of the change. Failures are `AegisError`s: `unavailable` when the database cannot be reached, is too slow or has no room, `internal` for what should not happen.
 */
export class Accounts {
  readonly users: Users;
  readonly organizations: Organizations;
  readonly members: Members;
  readonly newMembers: NewMembers;
  readonly invitations: Invitations;
  readonly roles: Roles;
  readonly erasures: Erasures;
  readonly passwords: PasswordChanges;
  readonly sessions: Sessions;
  readonly mfa: SecondFactors;
  readonly passkeys: Passkeys;
  readonly privacy: VersionedDocument<PrivacyPolicy>;
  readonly logPipelines: VersionedDocument<LogPipelines>;
  readonly traceSampling: VersionedDocument<TraceSampling>;
  readonly ingestKeys: IngestKeys;
  readonly apiKeys: ApiKeys;
  readonly audit: AuditLog;
  readonly savedViews: SavedViews;
  readonly dashboards: Dashboards;
  readonly ruleGroups: RuleGroups;
  readonly ruleSchedule: RuleSchedule;
  readonly sso: SsoProviders;
  readonly ssoAdmission: SsoAdmission;
  readonly #databaseUrl: string;
  readonly #logger: AccountsLogger;
  readonly #now: () => number;
  readonly #database: Database;
  readonly #trail: AuditTrail;
  readonly #changes: Changes;
  readonly #box: SecretBox;
  readonly #hashing = new Passwords();
  readonly #hashKeyOf: (orgId: OrgId) => Uint8Array;

  constructor(options: AccountsOptions) {
    this.#databaseUrl = options.databaseUrl;
    this.#logger = options.logger ?? SILENT_LOGGER;
    this.#now = options.now ?? Date.now;
    this.#box = new SecretBox(options.masterKey);
    this.#database = new Database(options.databaseUrl, options.poolMax ?? POOL_MAX_DEFAULT, this.#logger);
    const chain = new AuditChain(options.masterKey);
    this.#trail = new AuditTrail(chain, this.#now);
    this.#changes = new Changes(this.#database, this.#trail);
    this.audit = new AuditLog(this.#database, this.#changes, chain, this.#now);
    this.users = new Users(this.#database, this.#changes, this.#hashing, this.#now);
    this.passwords = new PasswordChanges(this.#database, this.#changes, this.#hashing, this.#now);
    this.organizations = new Organizations(this.#database, this.#changes, this.#now);
    this.members = new Members(this.#database, this.#changes, this.#now);
    this.newMembers = new NewMembers(this.#changes, this.#hashing, this.#now);
    this.invitations = new Invitations(this.#database, this.#changes, this.#hashing, this.#now);
    this.roles = new Roles(this.#database, this.#changes, this.#now);
    this.erasures = new Erasures(this.#database, new ErasureProof(options.masterKey), this.#now);
    this.sessions = new Sessions(this.#database, this.#changes, new RefreshTokens(options.masterKey), this.#now);
    const recoveryCodes = new RecoveryCodes(new RecoveryCodeHash(options.masterKey), this.#now);
    this.mfa = new SecondFactors({
      database: this.#database,
      changes: this.#changes,
      passwords: this.#hashing,
      box: this.#box,
      recoveryCodes,
      now: this.#now,
    });
    this.passkeys = new Passkeys(this.#database, this.#changes, recoveryCodes, this.#now);
    this.privacy = new VersionedDocument(this.#database, this.#changes, this.#now, PRIVACY_POLICY);
    this.logPipelines = new VersionedDocument(this.#database, this.#changes, this.#now, LOG_PIPELINES);
    this.traceSampling = new VersionedDocument(this.#database, this.#changes, this.#now, TRACE_SAMPLING);
    this.ingestKeys = new IngestKeys(this.#database, this.#box, this.#now);
    this.apiKeys = new ApiKeys(this.#database, this.#changes, this.#box, this.#now);
    this.savedViews = new SavedViews(this.#database, this.#changes, this.#now);
    this.dashboards = new Dashboards(this.#database, this.#changes, this.#now);
    this.ruleGroups = new RuleGroups(this.#database, this.#changes, this.#now);
    this.ruleSchedule = new RuleSchedule(this.#database, this.#now);
    this.sso = new SsoProviders(this.#database, this.#changes, this.#box, this.#now);
    this.ssoAdmission = new SsoAdmission(this.#changes, this.#now);
    this.#hashKeyOf = (orgId) => privacyHashKey(options.masterKey, orgId);
  }

  /** Brings the schema up to date: forward only, safe from several processes at once. */
  async migrate(): Promise<void> {
    await migrateAccounts(this.#databaseUrl, {
      logger: this.#logger,
      afterwards: {
        '0004_control_plane': (client) =>
          this.#trail.beginChains(async (sql, values) => (await client.query(sql, [...values])).rows),
      },
    });
  }

  /** Throws `unavailable` when the database does not answer. */
  async ping(): Promise<void> {
    await this.#database.rows('SELECT 1', []);
  }

  /** Waits for queries under way, then lets go of the connections. */
  close(): Promise<void> {
    return this.#database.close();
  }

  /** Fills an empty database: see `BootstrapOutcome`. Safe from several processes at once. */
  bootstrap(wishes: BootstrapWishes = {}): Promise<BootstrapOutcome> {
    const tools = {
      database: this.#database,
      changes: this.#changes,
      passwords: this.#hashing,
      box: this.#box,
      now: this.#now,
    };
    return bootstrap(tools, wishes);
  }

  /** Makes a person and an organization that they own; see `register`. */
  register(by: Omit<Actor, 'kind' | 'id' | 'name'>, wishes: NewRegistration): Promise<Registered> {
    const tools = { database: this.#database, changes: this.#changes, passwords: this.#hashing, now: this.#now };
    return register(tools, by, wishes);
  }

  /** Deletes what ended so long ago that nobody asks for it; safe from several processes at once. How many rows. */
  sweep(): Promise<number> {
    return sweepAccounts(this.#database, this.#now());
  }

  /** The 32 bytes that the organization's values are hashed under, where its policy says so. */
  privacyHashKey(orgId: OrgId): Uint8Array {
    return this.#hashKeyOf(orgId);
  }
}

/** Opens the accounts on a PostgreSQL of version 15 or later. Connects when first used; `migrate` must have run before anything else is asked. */
export function openAccounts(options: AccountsOptions): Accounts {
  return new Accounts(options);
}
