import {
  AegisError,
  API_KEY_KINDS,
  type ApiKeyKind,
  INGEST_SCOPES,
  type IngestScope,
  type OrgId,
  QUERY_TOKEN_PERMISSIONS,
} from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { NewApiKey } from './api-keys.ts';
import { authorityOf, demandHas } from './authority.ts';
import type { PrismaTransaction } from './database.ts';
import { parseOrigin } from './origins.ts';

/** A browser key stands in a public page: all that it may do is this. */
const BROWSER_SCOPES: readonly IngestScope[] = ['rum:write'];

/** The scopes of a new key: what was asked for as far as its kind allows, else the kind's default. Throws `invalid-request`. */
export function scopesOf({ kind, scopes }: NewApiKey): IngestScope[] {
  if (kind === 'query') {
    if (scopes !== undefined && scopes.length > 0) {
      throw invalid('A query key reads: it has no scopes, which are for writing.');
    }
    return [];
  }
  if (scopes?.length === 0) {
    throw invalid('A key without scopes could do nothing: name at least one, or leave scopes out.');
  }
  if (kind === 'browser') {
    if (scopes?.some((scope) => !BROWSER_SCOPES.includes(scope))) {
      throw invalid('A browser key has the scope rum:write only.');
    }
    return [...BROWSER_SCOPES];
  }
  return [...new Set(scopes ?? INGEST_SCOPES)];
}

/** The allow-list of a new key: at least one origin for `browser`, none for the others. Throws `invalid-request`. */
export function originsOf({ kind, origins = [] }: NewApiKey): string[] {
  if (kind !== 'browser' && origins.length > 0) {
    throw invalid('Only browser keys have origins.');
  }
  if (kind === 'browser' && origins.length === 0) {
    throw invalid('A browser key needs at least one origin, such as https://shop.example.');
  }
  return [...new Set(origins.map(parseOrigin))];
}

/** Whether a new key takes replay-proof signatures only: a choice for keys that sign. Throws `invalid-request`. */
export function requiresTimestamp({ kind, requireTimestamp = false }: NewApiKey): boolean {
  if (requireTimestamp && kind !== 'signed') {
    throw invalid('Only signed keys can demand a timestamp.');
  }
  return requireTimestamp;
}

/** Whoever gets a query key's secret can read with it, so they must be allowed to read: `forbidden` otherwise. */
export async function demandMayHold(
  prisma: PrismaTransaction,
  orgId: OrgId,
  by: Actor,
  kind: ApiKeyKind,
): Promise<void> {
  if (kind === 'query') {
    demandHas(await authorityOf(prisma, orgId, by), QUERY_TOKEN_PERMISSIONS);
  }
}

function invalid(detail: string): AegisError {
  return new AegisError('invalid-request', { detail });
}

/** Whether this version knows the kind. */
export function isKind(text: string): text is ApiKeyKind {
  return API_KEY_KINDS.some((kind) => kind === text);
}

/** Whether this version knows the scope. */
export function isScope(text: string): text is IngestScope {
  return INGEST_SCOPES.some((scope) => scope === text);
}
