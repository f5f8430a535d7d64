import {
  type ApiKeyKind,
  EVENTS_RETENTION_DAYS,
  type IngestScope,
  type OrgId,
  parseOrgId,
  type Signal,
} from '@aegisguard/model';
import type { Database } from './database.ts';
import { type IngestKeyCredentials, insertSignedKey, type NewIngestKey, secretContext } from './insert-key.ts';
import { isKind, isScope } from './key-rules.ts';
import { isKeyId } from './key-text.ts';
import type { SecretBox } from './secret-box.ts';

/** Everything that the gateway needs to know about a key, its organization's settings included, as of one moment. */
export interface IngestKey {
  readonly keyId: string;
  readonly orgId: OrgId;
  readonly kind: ApiKeyKind;
  readonly scopes: readonly IngestScope[];
  /** Where a `browser` key may be used from: `https://shop.example`, `https://*.example`, `*`; empty for other kinds. */
  readonly origins: readonly string[];
  /** The secrets valid now, newest first; empty for a revoked key, so that nothing can be verified with it. */
  readonly secrets: readonly Buffer[];
  /** Only the replay-proof signature form is taken. */
  readonly requireTimestamp: boolean;
  /** Revoked or expired. */
  readonly revoked: boolean;
  /** Not revoked by anybody, but its time is over. */
  readonly expired: boolean;
  readonly retentionDays: Readonly<Record<Signal, number>>;
  /** Ingest requests per minute; null means the installation's default, 0 no limit. */
  readonly ratePerMin: number | null;
  /** Time series that may be active at a time; null means the installation's default, 0 no limit. */
  readonly activeSeriesMax: number | null;
}

/** One statement and no Prisma: this lies on the path of every ingest request whose key is not cached. $2 is now. */
const FIND_SQL = `
  SELECT k.org_id, k.kind, k.scopes, k.origins, k.require_timestamp,
         (k.revoked_at IS NOT NULL OR k.expires_at <= $2) IS TRUE AS revoked,
         (k.revoked_at IS NULL AND k.expires_at <= $2) IS TRUE AS expired,
         o.logs_retention_days, o.metrics_retention_days, o.traces_retention_days, o.rum_retention_days,
         o.ingest_rate_per_min, o.active_series_max,
         ARRAY(SELECT s.ciphertext FROM public.api_key_secrets s
               WHERE s.key_id = k.id AND (s.expires_at IS NULL OR s.expires_at > $2)
               ORDER BY s.created_at DESC, s.id DESC) AS secrets
  FROM public.api_keys k JOIN public.organizations o ON o.id = k.org_id
  WHERE k.id = $1`;

interface FoundRow {
  readonly org_id: string;
  readonly kind: string;
  readonly scopes: readonly string[];
  readonly origins: readonly string[];
  readonly require_timestamp: boolean;
  readonly revoked: boolean;
  readonly expired: boolean;
  readonly logs_retention_days: number;
  readonly metrics_retention_days: number;
  readonly traces_retention_days: number;
  readonly rum_retention_days: number;
  readonly ingest_rate_per_min: number | null;
  readonly active_series_max: number | null;
  readonly secrets: readonly Buffer[];
}

/** Keys as the gateway and the query side look them up, and the signed keys of a first start. */
export class IngestKeys {
  readonly #database: Database;
  readonly #box: SecretBox;
  readonly #now: () => number;

  constructor(database: Database, box: SecretBox, now: () => number) {
    this.#database = database;
    this.#box = box;
    this.#now = now;
  }

  /** The key of that id, revoked ones included. A text that cannot be a key id, and a kind that this version does not know, answer undefined. */
  async find(keyId: string): Promise<IngestKey | undefined> {
    if (!isKeyId(keyId)) {
      return undefined;
    }
    const values = [keyId, new Date(this.#now())];
    const [row] = await this.#database.rows<FoundRow>(FIND_SQL, values, 'find-ingest-key');
    if (!row || !isKind(row.kind)) {
      return undefined;
    }
    return {
      keyId,
      orgId: parseOrgId(row.org_id),
      kind: row.kind,
      scopes: row.scopes.filter(isScope),
      secrets: row.revoked ? [] : row.secrets.map((sealed) => this.#box.open(sealed, secretContext(keyId))),
      origins: row.origins,
      requireTimestamp: row.require_timestamp,
      revoked: row.revoked,
      expired: row.expired,
      retentionDays: {
        logs: row.logs_retention_days,
        metrics: row.metrics_retention_days,
        traces: row.traces_retention_days,
        rum: row.rum_retention_days,
        events: EVENTS_RETENTION_DAYS,
      },
      ratePerMin: row.ingest_rate_per_min,
      activeSeriesMax: row.active_series_max,
    };
  }

  /** Makes a signed key; `not-found` without the organization, `invalid-request` when the id is taken. */
  create(orgId: OrgId, key: NewIngestKey): Promise<IngestKeyCredentials> {
    return this.#database.transaction((prisma) => insertSignedKey(prisma, this.#box, this.#now(), orgId, key));
  }
}
