import type { OrgId, PrivacyPolicy, Role } from '@aegisguard/model';
import { type AccountsLogger, SILENT_LOGGER } from './accounts-logger.ts';
import {
  type ApiKey,
  type ApiKeyCredentials,
  type ApiKeyListing,
  type ApiKeyListRequest,
  ApiKeys,
  type NewApiKey,
} from './api-keys.ts';
import { type BootstrapOutcome, type BootstrapWishes, bootstrap } from './bootstrap.ts';
import { Database } from './database.ts';
import { type IngestKey, type IngestKeyCredentials, IngestKeys, type NewIngestKey } from './ingest-keys.ts';
import { migrateAccounts } from './migrate-accounts.ts';
import { type Membership, type NewOrganization, type OrganizationSettings, Organizations } from './organizations.ts';
import { Passwords } from './passwords.ts';
import { PrivacyPolicies, privacyHashKey, type StoredPrivacyPolicy } from './privacy-policies.ts';
import { SecretBox } from './secret-box.ts';
import { type NewUser, type User, Users } from './users.ts';

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
 * The control plane's people, organizations and keys. Everything that an organization owns is reached with its OrgId first. Failures are `AegisError`s:
 * `unavailable` when the database cannot be reached, is too slow or has no room, `internal` for what should not happen.
 */
export class Accounts {
  readonly #databaseUrl: string;
  readonly #logger: AccountsLogger;
  readonly #now: () => number;
  readonly #database: Database;
  readonly #box: SecretBox;
  readonly #passwords = new Passwords();
  readonly #users: Users;
  readonly #organizations: Organizations;
  readonly #privacy: PrivacyPolicies;
  readonly #hashKeyOf: (orgId: OrgId) => Uint8Array;
  readonly #ingestKeys: IngestKeys;
  readonly #apiKeys: ApiKeys;

  constructor(options: AccountsOptions) {
    this.#databaseUrl = options.databaseUrl;
    this.#logger = options.logger ?? SILENT_LOGGER;
    this.#now = options.now ?? Date.now;
    this.#box = new SecretBox(options.masterKey);
    this.#database = new Database(options.databaseUrl, options.poolMax ?? POOL_MAX_DEFAULT, this.#logger);
    this.#users = new Users(this.#database, this.#passwords, this.#now);
    this.#organizations = new Organizations(this.#database, this.#now);
    this.#privacy = new PrivacyPolicies(this.#database, this.#now);
    this.#hashKeyOf = (orgId) => privacyHashKey(options.masterKey, orgId);
    this.#ingestKeys = new IngestKeys(this.#database, this.#box, this.#now);
    this.#apiKeys = new ApiKeys(this.#database, this.#box, this.#now);
  }

  /** Brings the schema up to date: forward only, safe from several processes at once. */
  async migrate(): Promise<void> {
    await migrateAccounts(this.#databaseUrl, { logger: this.#logger });
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
    const tools = { database: this.#database, passwords: this.#passwords, box: this.#box, now: this.#now };
    return bootstrap(tools, wishes);
  }

  /** The key of that id with its organization's settings, revoked ones included: one SQL query. Undefined for unknown and malformed ids. */
  findIngestKey(keyId: string): Promise<IngestKey | undefined> {
    return this.#ingestKeys.find(keyId);
  }

  /** Makes a signed key, whose id and secret may be given: what a first start needs. The secret is readable in this answer only. */
  createIngestKey(orgId: OrgId, key: NewIngestKey): Promise<IngestKeyCredentials> {
    return this.#ingestKeys.create(orgId, key);
  }

  /** Makes a key of any kind; the secret is readable in this answer only. `invalid-request` for what does not fit the kind. */
  createApiKey(orgId: OrgId, key: NewApiKey): Promise<ApiKeyCredentials> {
    return this.#apiKeys.create(orgId, key);
  }

  /** The organization's keys, newest first, revoked ones included; `invalid-cursor` for a cursor that is not of its list. */
  listApiKeys(orgId: OrgId, request: ApiKeyListRequest): Promise<ApiKeyListing> {
    return this.#apiKeys.list(orgId, request);
  }

  /** One key, revoked or not; `not-found` when the organization has none of that id. */
  findApiKey(orgId: OrgId, keyId: string): Promise<ApiKey> {
    return this.#apiKeys.find(orgId, keyId);
  }

  /** Gives a key a new secret; the others end when the overlap does, if not before. `invalid-request` for a key without secret, revoked or expired. */
  rotateApiKey(orgId: OrgId, keyId: string, overlapSeconds: number): Promise<ApiKeyCredentials> {
    return this.#apiKeys.rotate(orgId, keyId, overlapSeconds);
  }

  /** Revokes a key for good; again is no error. `not-found` when the organization has none of that id. */
  revokeApiKey(orgId: OrgId, keyId: string): Promise<void> {
    return this.#apiKeys.revoke(orgId, keyId);
  }

  /** The user whose address and password these are. Unknown, disabled and wrong take the same work and give the same answer. */
  authenticate(email: string, password: string): Promise<User | undefined> {
    return this.#users.authenticate(email, password);
  }

  /** A user by id; undefined when there is none. Disabled users are found too: whoever gives access on this must look at `disabled`. */
  findUser(userId: string): Promise<User | undefined> {
    return this.#users.find(userId);
  }

  /** The organizations that a user may enter, by name: none for a user who is disabled or unknown. */
  membershipsOf(userId: string): Promise<readonly Membership[]> {
    return this.#organizations.membershipsOf(userId);
  }

  /** Makes a user who belongs nowhere yet; `invalid-request` when the address is taken or is none. */
  createUser(user: NewUser): Promise<User> {
    return this.#users.create(user);
  }

  /** Makes an organization with its first owner; `not-found` when there is no such user. */
  createOrganization(organization: NewOrganization): Promise<OrgId> {
    return this.#organizations.create(organization);
  }

  /** Adds a user to an organization. */
  addMember(orgId: OrgId, userId: string, role: Role): Promise<void> {
    return this.#organizations.addMember(orgId, userId, role);
  }

  /** An organization's settings; undefined when there is none of that id. */
  organizationSettings(orgId: OrgId): Promise<OrganizationSettings | undefined> {
    return this.#organizations.settings(orgId);
  }

  /** What an organization does with personal data and secrets; the default where it has set nothing. `internal` when it has set what this version cannot read. */
  privacyPolicy(orgId: OrgId): Promise<StoredPrivacyPolicy> {
    return this.#privacy.read(orgId);
  }

  /** Replaces the policy that was read as `version`; `conflict` when it has been changed since. */
  replacePrivacyPolicy(orgId: OrgId, policy: PrivacyPolicy, version: number): Promise<StoredPrivacyPolicy> {
    return this.#privacy.replace(orgId, policy, version);
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
