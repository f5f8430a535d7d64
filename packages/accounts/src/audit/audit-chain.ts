import { createHmac, hkdfSync } from 'node:crypto';
import type { JsonObject, JsonValue } from '@aegisguard/model';
import type { Actor } from '../actor.ts';

/** Everything of an audit entry but its hash. */
export interface AuditLink {
  readonly orgId: string;
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** What the first entry of an organization is chained to. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/**
 * The chain of an organization's audit entries. Each hash is an HMAC-SHA256 over the hash before it and the entry in a canonical form, under a key drawn from the master key: who can write to the database but has not the key can neither
 * change an entry nor compute the chain anew.
 */
export class AuditChain {
  readonly #key: Uint8Array;

  constructor(masterKey: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), 'aegisguard audit chain v1', 32));
  }

  /** The hash of an entry that comes after the entry with hash `before`. */
  hash(before: Uint8Array, link: AuditLink): Buffer {
    return createHmac('sha256', this.#key).update(before).update(canonicalText(link)).digest();
  }

  /** What proves the end of the chain, so that entries cannot be cut off from it. */
  headMac(orgId: string, seq: bigint, hash: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(`head ${orgId} ${seq} `).update(hash).digest();
  }
}

function canonicalText({ orgId, seq, id, at, actor, action, target, before, after }: AuditLink): string {
  return JSON.stringify([
    orgId,
    String(seq),
    id,
    at.toISOString(),
    [actor.kind, actor.id, actor.name, actor.ip, actor.userAgent, actor.requestId],
    action,
    [target.kind, target.id, target.name],
    sorted(before),
    sorted(after),
  ]);
}

/** Members in one order: PostgreSQL's JSONB keeps none. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
