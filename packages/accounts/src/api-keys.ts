import { AegisError, API_KEY_KINDS, type ApiKeyKind, type IngestScope, type OrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { type Changes, notFound } from './changes.ts';
import { type Database, type PrismaTransaction, type ReadRows, rowsIn } from './database.ts';
import { insertKey, type KeyRow, sealedSecret } from './insert-key.ts';
import { demandMayHold, isScope, originsOf, requiresTimestamp, scopesOf } from './key-rules.ts';
import { isKeyId, newKeyId, newSecret, newToken } from './key-text.ts';
import { parseName } from './organizations.ts';
import type { SecretBox } from './secret-box.ts';

/** A key as people manage it: nothing secret. */
export interface ApiKey {
  /** Public; the value of `x-org-key`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ApiKeyKind;
  readonly scopes: readonly IngestScope[];
  readonly origins: readonly string[];
  readonly requireTimestamp: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  /** Of the person who made it; null for the first key, and when they are gone. */
  readonly createdByName: string | null;
}

/** What a new key is made from; what is absent depends on the kind (`NewApiKeyRequest` of packages/model). */
export interface NewApiKey {
  readonly name: string;
  readonly kind: ApiKeyKind;
  readonly scopes?: readonly IngestScope[] | undefined;
  readonly origins?: readonly string[] | undefined;
  readonly requireTimestamp?: boolean | undefined;
  readonly expiresAt?: Date | undefined;
}

/** A key as its maker sees it, this once: the HMAC secret or the bearer token, null for `browser`. */
export interface ApiKeyCredentials extends ApiKey {
  readonly secret: string | null;
}

/** Which page of keys. */
export interface ApiKeyListRequest {
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A page of keys, newest first. */
export interface ApiKeyListing {
  readonly items: readonly ApiKey[];
  readonly nextCursor: string | null;
}

/** Every valid secret costs the gateway one HMAC over each body, so rotations without end must not pile them up. */
const VALID_SECRETS_MAX = 10;
const MS_PER_SECOND = 1000;

/** The keys of organizations, as their people manage them. Another organization's key is not there. */
export class ApiKeys {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #box: SecretBox;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, box: SecretBox, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#box = box;
    this.#now = now;
  }

  /** Makes a key; `invalid-request` for what does not fit its kind, `not-found` without the organization. */
  async create(orgId: OrgId, by: Actor, key: NewApiKey): Promise<ApiKeyCredentials> {
    const createdAt = new Date(this.#now());
    if (key.expiresAt !== undefined && !(key.expiresAt > createdAt)) {
      throw new AegisError('invalid-request', { detail: 'expiresAt lies in the past.' });
    }
    const row = {
      id: newKeyId(),
      orgId,
      name: parseName(key.name),
      kind: key.kind,
      scopes: scopesOf(key),
      origins: originsOf(key),
      requireTimestamp: requiresTimestamp(key),
      createdAt,
      createdBy: by.kind === 'user' ? by.id : null,
      expiresAt: key.expiresAt ?? null,
    } satisfies KeyRow;
    const secret = secretFor(row.kind, row.id);
    const { orgId: _, createdBy, ...shown } = row;
    return this.#changes.of(orgId, by, async (prisma) => {
      await demandMayHold(prisma, orgId, by, key.kind);
      await insertKey(prisma, this.#box, row, secret);
      const after = {
        kind: row.kind,
        scopes: row.scopes,
        origins: row.origins,
        requireTimestamp: row.requireTimestamp,
        expiresAt: row.expiresAt?.toISOString() ?? null,
      };
      return {
        result: {
          ...shown,
          revokedAt: null,
          lastUsedAt: null,
          createdByName: await makerOf(prisma, createdBy),
          secret,
        },
        change: { action: 'key.create', target: targetOf(row), after },
      };
    });
  }

  /** A page of keys, newest first. The cursor is the last key's id: keys are never deleted and their order never changes, so it stays good. */
  async list(orgId: OrgId, { limit, cursor }: ApiKeyListRequest): Promise<ApiKeyListing> {
    if (cursor !== undefined && (await findKey(this.#database.read, orgId, cursor)) === undefined) {
      throw new AegisError('invalid-cursor');
    }
    const rows = await selectKeys(this.#database.read, orgId, null, cursor ?? null, limit + 1);
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** One key, revoked or not; `not-found` when the organization has none of that id. */
  find(orgId: OrgId, keyId: string): Promise<ApiKey> {
    return demandKey(this.#database.read, orgId, keyId);
  }

  /** Gives a key another name, revoked or not. */
  rename(orgId: OrgId, by: Actor, keyId: string, wanted: string): Promise<ApiKey> {
    const name = parseName(wanted);
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockRow(prisma, orgId, keyId);
      const key = await demandKey(rowsIn(prisma), orgId, keyId);
      if (key.name === name) {
        return { result: key, change: null };
      }
      await prisma.apiKey.update({ where: { id: keyId }, data: { name } });
      return {
        result: { ...key, name },
        change: {
          action: 'key.update',
          target: { ...targetOf(key), name },
          before: { name: key.name },
          after: { name },
        },
      };
    });
  }

  /** Remembers when keys were last used, by their ids; a time before the one that is known does not count. */
  async noteUse(uses: ReadonlyMap<string, Date>): Promise<void> {
    // Locked in the order of their ids: another process that does the same waits, and neither waits for the other.
    await this.#database.rows(
      `WITH used AS (SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS used (id, at)),
            older AS (SELECT k.id FROM public.api_keys k JOIN used ON used.id = k.id
                      WHERE k.last_used_at IS NULL OR k.last_used_at < used.at ORDER BY k.id FOR NO KEY UPDATE OF k)
       UPDATE public.api_keys k SET last_used_at = used.at FROM used JOIN older ON older.id = used.id WHERE k.id = used.id`,
      [[...uses.keys()], [...uses.values()]],
    );
  }

  /** Gives a key a new secret; the others end when the overlap does, if not before. */
  rotate(orgId: OrgId, by: Actor, keyId: string, overlapSeconds: number): Promise<ApiKeyCredentials> {
    return this.#changes.of(orgId, by, async (prisma) => {
      const now = new Date(this.#now());
      await lockRow(prisma, orgId, keyId);
      const key = await demandKey(rowsIn(prisma), orgId, keyId);
      await demandMayHold(prisma, orgId, by, key.kind);
      const secret = secretFor(key.kind, key.id);
      if (secret === null) {
        throw new AegisError('invalid-request', { detail: 'A browser key has no secret: make a new key.' });
      }
      if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) {
        throw new AegisError('invalid-request', { detail: 'The key was revoked or has expired: make a new key.' });
      }
      await endSecrets(prisma, keyId, now, new Date(now.getTime() + overlapSeconds * MS_PER_SECOND));
      await prisma.apiKeySecret.create({ data: { keyId, ...sealedSecret(this.#box, keyId, secret, now) } });
      return {
        result: { ...key, secret },
        change: { action: 'key.rotate', target: targetOf(key), after: { overlapSeconds } },
      };
    });
  }

  /** Revokes a key for good, from the first time on; `not-found` when the organization has none of that id. */
  revoke(orgId: OrgId, by: Actor, keyId: string): Promise<void> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockRow(prisma, orgId, keyId);
      const key = await demandKey(rowsIn(prisma), orgId, keyId);
      if (key.revokedAt !== null) {
        return { result: undefined, change: null };
      }
      await prisma.apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date(this.#now()) } });
      return { result: undefined, change: { action: 'key.revoke', target: targetOf(key) } };
    });
  }
}

/** Rotations of one key come one after the other. */
async function lockRow(prisma: PrismaTransaction, orgId: OrgId, keyId: string): Promise<void> {
  if (isKeyId(keyId)) {
    await prisma.$queryRaw`SELECT FROM public.api_keys WHERE org_id = ${orgId}::uuid AND id = ${keyId} FOR UPDATE`;
  }
}

/** Forgets a key's secrets that are over and ends the others at `end`; one that ends sooner still does. */
async function endSecrets(prisma: PrismaTransaction, keyId: string, now: Date, end: Date): Promise<void> {
  await prisma.apiKeySecret.updateMany({
    where: { keyId, OR: [{ expiresAt: null }, { expiresAt: { gt: end } }] },
    data: { expiresAt: end },
  });
  await prisma.apiKeySecret.deleteMany({ where: { keyId, expiresAt: { lte: now } } });
  if ((await prisma.apiKeySecret.count({ where: { keyId } })) >= VALID_SECRETS_MAX) {
    throw new AegisError('invalid-request', {
      detail: `A key has at most ${VALID_SECRETS_MAX} secrets at a time: rotate with a shorter overlapSeconds.`,
      members: { limit: VALID_SECRETS_MAX },
    });
  }
}

function secretFor(kind: ApiKeyKind, keyId: string): string | null {
  switch (kind) {
    case 'signed':
      return newSecret();
    case 'token':
    case 'query':
      return newToken(kind, keyId);
    case 'browser':
      return null;
  }
}

/** A key of the organization; `not-found` without. */
async function demandKey(read: ReadRows, orgId: OrgId, keyId: string): Promise<ApiKey> {
  const key = await findKey(read, orgId, keyId);
  if (key === undefined) {
    throw notFound('key');
  }
  return key;
}

async function findKey(read: ReadRows, orgId: OrgId, keyId: string): Promise<ApiKey | undefined> {
  return isKeyId(keyId) ? (await selectKeys(read, orgId, keyId, null, 1))[0] : undefined;
}

/** Kinds that this version does not know are not selected. $3: one key alone; $4: the last key of the page before. */
const KEYS_SQL = `
  SELECT k.id, k.name, k.kind, k.scopes, k.origins, k.require_timestamp AS "requireTimestamp",
         k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
         k.last_used_at AS "lastUsedAt", u.name AS "createdByName"
  FROM public.api_keys k LEFT JOIN public.users u ON u.id = k.created_by
  WHERE k.org_id = $1::uuid AND k.kind = ANY($2::text[])
    AND ($3::text IS NULL OR k.id = $3::text)
    AND ($4::text IS NULL OR (k.created_at, k.id) < (SELECT l.created_at, l.id FROM public.api_keys l WHERE l.id = $4::text))
  ORDER BY k.created_at DESC, k.id DESC LIMIT $5::int`;

/** Keys as people see them, with the names of those who made them, newest first. */
async function selectKeys(read: ReadRows, orgId: OrgId, id: string | null, after: string | null, limit: number) {
  const values = [orgId, [...API_KEY_KINDS], id, after, limit];
  const rows = await read<ApiKey & { readonly scopes: readonly string[] }>(KEYS_SQL, values, 'api-keys');
  return rows.map((row): ApiKey => ({ ...row, scopes: row.scopes.filter(isScope) }));
}

async function makerOf(prisma: PrismaTransaction, userId: string | null): Promise<string | null> {
  const maker =
    userId === null ? null : await prisma.user.findUnique({ where: { id: userId }, select: { name: true } });
  return maker?.name ?? null;
}

function targetOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { kind: 'key', id, name };
}
