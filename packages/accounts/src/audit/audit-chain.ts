import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
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

/** The end of an organization's chain. */
export interface ChainHead {
  /** Of the last entry. */
  readonly seq: bigint;
  /** Of the last entry. */
  readonly hash: Uint8Array;
  readonly mac: Uint8Array;
}

/** What the first entry of an organization is chained to. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/**
 * The chain of an organization's audit entries. Each hash is an HMAC-SHA256 over the hash before it and the entry in a canonical form, under a key drawn from the master key: who can write to the database but has not the key can neither
 * change an entry nor compute the chain anew. What no chain can show by itself is that the whole database was set back to how it once was; for that, a hash must be kept elsewhere.
 */
export class AuditChain {
  readonly #key: Uint8Array;

  constructor(masterKey: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), 'aegisguard audit chain v1', 32));
  }

  /** The hash of an entry that comes after the entry with hash `before`. */
  hash(before: Uint8Array, link: AuditLink): Buffer {
    return createHmac('sha256', this.#key).update('entry ').update(before).update(canonicalText(link)).digest();
  }

  /** What proves the end of the chain, so that entries cannot be cut off from it. */
  headMac(orgId: string, seq: bigint, hash: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(`head ${orgId} ${seq} `).update(hash).digest();
  }

  /** Whether a head is one that we wrote for the organization. */
  isHead(orgId: string, { seq, hash, mac }: ChainHead): boolean {
    return isSameHash(mac, this.headMac(orgId, seq, hash));
  }
}

/** Compares in constant time. */
export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** JSON of a fixed list, so that no two entries have the same text. */
function canonicalText({ orgId, seq, id, at, actor, action, target, before, after }: AuditLink): string {
  return JSON.stringify([
    orgId,
    String(seq),
    id,
    // Unix ms; null for a time that only someone else can have written.
    at.getTime(),
    [actor.kind, actor.id, actor.name, actor.ip, actor.userAgent, actor.requestId],
    action,
    [target.kind, target.id, target.name],
    before === null ? null : canonicalJson(before),
    after === null ? null : canonicalJson(after),
  ]);
}

/** JSON with members in the order of their names (UTF-16): PostgreSQL's JSONB keeps none. Numbers count as the doubles that they are read as. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  // JSONB holds numbers that no double does; they are read as infinite, which JSON would write as null.
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
