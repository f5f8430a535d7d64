import type { ActorKind, JsonObject } from '@aegisguard/model';
import type { AuditLink } from './audit-chain.ts';

/** An entry as it is kept. */
export interface AuditEntry extends AuditLink {
  readonly hash: Uint8Array;
}

/** A row of `audit_entries`. */
export interface AuditRow {
  readonly org_id: string;
  readonly seq: string;
  readonly id: string;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly target_kind: string;
  readonly target_id: string | null;
  readonly target_name: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly hash: Buffer;
}

/** What is read of a row. JSON that is no object was not written by us; it is wrapped, so that JSON's null is not taken for the absence of facts. `seq` comes as text: order by `audit_entries.seq`, which is a number. */
export const AUDIT_COLUMNS = `org_id, seq::text, id, at, actor_kind, actor_id, actor_name, ip, user_agent, request_id,
  action, target_kind, target_id, target_name, ${factsColumn('before')}, ${factsColumn('after')}, hash`;

function factsColumn(name: string): string {
  return `CASE WHEN jsonb_typeof(${name}) <> 'object' THEN jsonb_build_object('', ${name}) ELSE ${name} END AS ${name}`;
}

/** The entry in a row, whoever wrote it. */
export function entryOf(row: AuditRow): AuditEntry {
  return {
    orgId: row.org_id,
    seq: BigInt(row.seq),
    id: row.id,
    // PostgreSQL's `infinity` is read as a number.
    at: row.at instanceof Date ? row.at : new Date(Number.NaN),
    actor: {
      kind: row.actor_kind as ActorKind,
      id: row.actor_id,
      name: row.actor_name,
      ip: row.ip,
      userAgent: row.user_agent,
      requestId: row.request_id,
    },
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id, name: row.target_name },
    before: row.before,
    after: row.after,
    hash: row.hash,
  };
}
