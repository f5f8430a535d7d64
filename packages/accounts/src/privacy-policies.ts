import { hkdfSync } from 'node:crypto';
import { AegisError, DEFAULT_PRIVACY_POLICY, type OrgId, PrivacyPolicy } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { demandStorableTexts } from './demand-storable-texts.ts';

/** An organization's policy as of one moment. */
export interface StoredPrivacyPolicy {
  readonly policy: PrivacyPolicy;
  /** Grows with every change; 0 for an organization that has set nothing. */
  readonly version: number;
  readonly updatedAt: Date | null;
}

const HASH_KEY_BYTES = 32;

/** What organizations do with personal data and secrets. */
export class PrivacyPolicies {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /**
   * The organization's policy; the default where it has set none, or where there is no such organization any more. A stored policy that this version cannot read, which a newer one may have written, is `internal`: under another
   * policy something could be kept that is not to be kept.
   */
  async read(orgId: OrgId): Promise<StoredPrivacyPolicy> {
    const row = await this.#database.prisma((prisma) =>
      prisma.organization.findUnique({
        where: { id: orgId },
        select: { privacyPolicy: true, privacyVersion: true, privacyUpdatedAt: true },
      }),
    );
    return {
      policy: row?.privacyPolicy == null ? DEFAULT_PRIVACY_POLICY : parseStored(orgId, row.privacyPolicy),
      version: row?.privacyVersion ?? 0,
      updatedAt: row?.privacyUpdatedAt ?? null,
    };
  }

  /** Replaces the policy that was read as `version`; `conflict` when it has been changed since, `not-found` when there is no such organization. */
  async replace(orgId: OrgId, by: Actor, policy: PrivacyPolicy, version: number): Promise<StoredPrivacyPolicy> {
    demandStorableTexts(policy, 'policy');
    const updatedAt = new Date(this.#now());
    const data = { privacyPolicy: policy, privacyVersion: version + 1, privacyUpdatedAt: updatedAt };
    await this.#changes.of(orgId, by, async (prisma) => {
      const before = await prisma.organization.findUnique({ where: { id: orgId }, select: { privacyPolicy: true } });
      const { count } = await prisma.organization.updateMany({ where: { id: orgId, privacyVersion: version }, data });
      if (count === 0) {
        throw (await prisma.organization.count({ where: { id: orgId } })) === 0
          ? new AegisError('not-found')
          : new AegisError('conflict', { detail: 'The policy was changed since it was read. Read it again.' });
      }
      const change = {
        action: 'privacy.update' as const,
        target: { kind: 'privacy policy', id: null, name: null },
        before: { policy: before?.privacyPolicy ?? null },
        after: { policy },
      };
      return { result: undefined, change };
    });
    return { policy, version: version + 1, updatedAt };
  }
}

/** The key that one organization's values are hashed under. Drawn from the master key, so there is nothing to store; who has it can neither reverse hashes nor join them with another organization's. */
export function privacyHashKey(masterKey: Uint8Array, orgId: OrgId): Uint8Array {
  const purpose = `aegisguard privacy hash v1 ${orgId}`;
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), purpose, HASH_KEY_BYTES));
}

function parseStored(orgId: OrgId, stored: unknown): PrivacyPolicy {
  const parsed = PrivacyPolicy.safeParse(stored);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new AegisError('internal', {
      internal: `the privacy policy of organization ${orgId} is not in a form that this version can read (at ${where})`,
    });
  }
  return parsed.data;
}
