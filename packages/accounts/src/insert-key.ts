import { AegisError, type ApiKeyKind, type IngestScope, type OrgId } from '@aegisguard/model';
import type { PrismaTransaction } from './database.ts';
import { violationOf } from './database-error.ts';
import { newKeyId, newSecret, parseKeyId, parseSecret } from './key-text.ts';
import { newId } from './new-id.ts';
import { parseName } from './organizations.ts';
import type { SecretBox } from './secret-box.ts';

/** What a new signed key is made from; `keyId` and `secret` are made up when absent. */
export interface NewIngestKey {
  readonly name: string;
  readonly scopes: readonly IngestScope[];
  readonly requireTimestamp?: boolean;
  readonly keyId?: string;
  readonly secret?: string;
}

/** A key as its maker sees it, this once. */
export interface IngestKeyCredentials {
  readonly keyId: string;
  readonly secret: string;
}

/** Writes a signed key with one secret inside the caller's transaction. */
export async function insertSignedKey(
  prisma: PrismaTransaction,
  box: SecretBox,
  nowMs: number,
  orgId: OrgId,
  key: NewIngestKey,
): Promise<IngestKeyCredentials> {
  const keyId = key.keyId === undefined ? newKeyId() : parseKeyId(key.keyId);
  const secret = key.secret === undefined ? newSecret() : parseSecret(key.secret);
  const row: KeyRow = {
    id: keyId,
    orgId,
    name: parseName(key.name),
    kind: 'signed',
    scopes: [...new Set(key.scopes)],
    requireTimestamp: key.requireTimestamp ?? false,
    createdAt: new Date(nowMs),
  };
  await insertKey(prisma, box, row, secret);
  return { keyId, secret };
}

/** A row of `api_keys` to write; what is absent has the table's default. */
export interface KeyRow {
  readonly id: string;
  readonly orgId: OrgId;
  readonly name: string;
  readonly kind: ApiKeyKind;
  readonly scopes: string[];
  readonly origins?: string[];
  readonly requireTimestamp: boolean;
  readonly createdAt: Date;
  readonly expiresAt?: Date | null;
  readonly createdBy?: string | null;
}

/** Writes a key, with its secret where it has one; `not-found` without the organization, `invalid-request` when the id is taken. */
export async function insertKey(
  prisma: PrismaTransaction,
  box: SecretBox,
  row: KeyRow,
  secret: string | null,
): Promise<void> {
  const secrets = secret === null ? {} : { secrets: { create: [sealedSecret(box, row.id, secret, row.createdAt)] } };
  await prisma.apiKey.create({ data: { ...row, ...secrets } }).catch((error: unknown) => {
    const violation = violationOf(error);
    if (violation === 'duplicate') {
      throw new AegisError('invalid-request', { detail: 'The key id is taken.', cause: error });
    }
    throw violation ? new AegisError('not-found', { cause: error }) : error;
  });
}

/** A row of `api_key_secrets`, but for its key. */
export function sealedSecret(box: SecretBox, keyId: string, secret: string, createdAt: Date) {
  const ciphertext = Uint8Array.from(box.seal(Buffer.from(secret), secretContext(keyId)));
  return { id: newId(createdAt.getTime()), ciphertext, createdAt };
}

/** What a key's secrets are sealed for. */
export function secretContext(keyId: string): string {
  return `api_key_secrets/${keyId}`;
}
