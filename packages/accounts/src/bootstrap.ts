import { AegisError, INGEST_SCOPES, type OrgId } from '@aegisguard/model';
import { SYSTEM_ACTOR } from './actor.ts';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { insertSignedKey } from './insert-key.ts';
import { newKeyId, newPassword, newSecret } from './key-text.ts';
import { insertOrganization } from './organizations.ts';
import type { Passwords } from './passwords.ts';
import type { SecretBox } from './secret-box.ts';
import { insertUser } from './users.ts';

/** What the operator wishes the first organization to have (contract §2); the rest is made up. */
export interface BootstrapWishes {
  readonly adminEmail?: string | undefined;
  readonly adminPassword?: string | undefined;
  readonly orgName?: string | undefined;
  readonly orgKey?: string | undefined;
  readonly orgSecret?: string | undefined;
}

/** A value of the first start that the operator did not give: only these may be printed. */
export type MadeUp = 'adminEmail' | 'adminPassword' | 'orgKey' | 'orgSecret';

/** What the first start made, or that there was nothing to make. */
export type BootstrapOutcome =
  | { readonly created: false }
  | {
      readonly created: true;
      readonly orgId: OrgId;
      readonly adminEmail: string;
      readonly adminPassword: string;
      readonly orgKey: string;
      readonly orgSecret: string;
      readonly generated: ReadonlySet<MadeUp>;
    };

const DEFAULT_ADMIN_EMAIL = 'admin@aegisguard.local';
const DEFAULT_ORG_NAME = 'Default organization';

/** What `bootstrap` works with. */
export interface BootstrapTools {
  readonly database: Database;
  readonly changes: Changes;
  readonly passwords: Passwords;
  readonly box: SecretBox;
  readonly now: () => number;
}

/**
 * Fills an empty database with one organization, its owner and one signed key for every signal. Several processes may call it at once: one of them fills, the others wait
 * and find it done. On a filled database it makes sure that the master key is the one that secrets were sealed under, so that a wrong one shows at start.
 */
export async function bootstrap(tools: BootstrapTools, wishes: BootstrapWishes): Promise<BootstrapOutcome> {
  const { database, passwords, box } = tools;
  if (await isFilled(database)) {
    await checkMasterKey(database, box);
    return { created: false };
  }
  const adminPassword = wishes.adminPassword ?? newPassword();
  const orgKey = wishes.orgKey ?? newKeyId();
  const orgSecret = wishes.orgSecret ?? newSecret();
  const passwordHash = await passwords.hash(adminPassword);
  return database.transaction(async (prisma): Promise<BootstrapOutcome> => {
    await prisma.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.bootstrap})`;
    if ((await prisma.user.count()) > 0 || (await prisma.organization.count()) > 0) {
      return { created: false };
    }
    const nowMs = tools.now();
    const email = wishes.adminEmail ?? DEFAULT_ADMIN_EMAIL;
    const admin = await insertUser(prisma, nowMs, { email, name: 'Administrator', passwordHash });
    const name = wishes.orgName ?? DEFAULT_ORG_NAME;
    const orgId = await insertOrganization(prisma, tools.changes, nowMs, SYSTEM_ACTOR, { name, ownerUserId: admin.id });
    const key = { name: 'Default key', scopes: INGEST_SCOPES, keyId: orgKey, secret: orgSecret };
    await insertSignedKey(prisma, box, nowMs, orgId, key);
    const given = {
      adminEmail: wishes.adminEmail,
      adminPassword: wishes.adminPassword,
      orgKey: wishes.orgKey,
      orgSecret: wishes.orgSecret,
    };
    const generated = new Set(MADE_UP.filter((field) => given[field] === undefined));
    return { created: true, orgId, adminEmail: admin.email, adminPassword, orgKey, orgSecret, generated };
  });
}

const MADE_UP = ['adminEmail', 'adminPassword', 'orgKey', 'orgSecret'] as const satisfies readonly MadeUp[];

async function isFilled(database: Database): Promise<boolean> {
  const [row] = await database.rows<{ filled: boolean }>(
    'SELECT EXISTS (SELECT FROM public.users) OR EXISTS (SELECT FROM public.organizations) AS filled',
    [],
  );
  return row?.filled === true;
}

async function checkMasterKey(database: Database, box: SecretBox): Promise<void> {
  const [row] = await database.rows<{ ciphertext: Buffer }>(
    'SELECT ciphertext FROM public.api_key_secrets ORDER BY created_at DESC, id DESC LIMIT 1',
    [],
  );
  if (row && !box.isOurs(row.ciphertext)) {
    throw new AegisError('internal', {
      internal: 'AEGIS_MASTER_KEY is not the one that the secrets in this database were sealed under',
    });
  }
}
