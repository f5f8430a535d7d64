import { AegisError, type AuditAction, type OrgId, parseOrgId } from '@aegisguard/model';
import { type Actor, SYSTEM_ACTOR } from '../actor.ts';
import { newId } from '../new-id.ts';
import { type AuditChain, type AuditLink, CHAIN_START } from './audit-chain.ts';
import { type Facts, storableFacts, storableTexts } from './storable-facts.ts';

/** What a mutation did, in the words of the audit log. `before` and `after` hold what changed, and never a secret. */
export interface Change {
  readonly action: AuditAction;
  readonly target: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly before?: Facts | null;
  readonly after?: Facts | null;
}

/** Runs a statement inside a transaction; values are texts and nulls, so that every driver sends them alike. */
export type RunSql = <Row>(sql: string, values: readonly (string | null)[]) => Promise<readonly Row[]>;

interface HeadRow {
  readonly seq: string;
  readonly hash: string;
}

// NO KEY UPDATE: whoever refers to the organization's row does not wait for it, nor we for them.
const LOCK_HEAD =
  "SELECT seq::text, encode(hash, 'hex') AS hash FROM public.audit_heads WHERE org_id = $1::uuid FOR NO KEY UPDATE";
const HOLD_ORGANIZATION = 'SELECT true AS found FROM public.organizations WHERE id = $1::uuid FOR KEY SHARE';
const LOCK_ORGANIZATION = 'SELECT true AS found FROM public.organizations WHERE id = $1::uuid FOR NO KEY UPDATE';
const APPEND = `
  WITH entry AS (
    INSERT INTO public.audit_entries (org_id, seq, id, at, actor_kind, actor_id, actor_name, ip, user_agent, request_id,
                                      action, target_kind, target_id, target_name, before, after, hash)
    VALUES ($1::uuid, $2::bigint, $3::uuid, $4::timestamptz, $5, $6, $7, $8, $9, $10,
            $11, $12, $13, $14, $15::jsonb, $16::jsonb, decode($17, 'hex'))
    RETURNING org_id, seq, hash)
  INSERT INTO public.audit_heads (org_id, seq, hash, mac) SELECT org_id, seq, hash, decode($18, 'hex') FROM entry
  ON CONFLICT (org_id) DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash, mac = EXCLUDED.mac`;

/** Appends entries, inside the transaction of the change that they are about. */
export class AuditTrail {
  readonly #chain: AuditChain;
  readonly #now: () => number;

  constructor(chain: AuditChain, now: () => number) {
    this.#chain = chain;
    this.#now = now;
  }

  /** Holds the organization's head until the transaction ends, so its entries are in the order of their commits; `not-found` without the organization. */
  async append(run: RunSql, orgId: OrgId, by: Actor, change: Change): Promise<void> {
    const head = await lockHead(run, orgId);
    const nowMs = this.#now();
    const link: AuditLink = {
      orgId,
      seq: BigInt(head?.seq ?? 0) + 1n,
      id: newId(nowMs),
      at: new Date(nowMs),
      actor: storableTexts(by),
      action: change.action,
      target: storableTexts(change.target),
      before: storableFacts(change.before),
      after: storableFacts(change.after),
    };
    const hash = this.#chain.hash(head === undefined ? CHAIN_START : Buffer.from(head.hash, 'hex'), link);
    const mac = this.#chain.headMac(orgId, link.seq, hash);
    await run(APPEND, [...valuesOf(link), hash.toString('hex'), mac.toString('hex')]);
  }

  /** Begins the chains of organizations that are older than the audit log, so that from then on none is empty. Only for the migration that makes the tables: later, a chain that is missing was removed. */
  async beginChains(run: RunSql): Promise<void> {
    const rows = await run<{ id: string; name: string }>(
      `SELECT id::text, name FROM public.organizations o
       WHERE NOT EXISTS (SELECT FROM public.audit_heads h WHERE h.org_id = o.id) ORDER BY id`,
      [],
    );
    for (const { id, name } of rows) {
      const target = { kind: 'organization', id, name };
      const after = { name, note: 'The organization is older than its audit log, which begins here.' };
      await this.append(run, parseOrgId(id), SYSTEM_ACTOR, { action: 'organization.create', target, after });
    }
  }
}

/**
 * The end of the chain; without one the organization's row is held instead, so that there are no two first entries. The organization comes first, as an entry refers to it: who waits for its row must hold nothing that
 * who holds the row goes on to.
 */
async function lockHead(run: RunSql, orgId: OrgId): Promise<HeadRow | undefined> {
  if ((await run(HOLD_ORGANIZATION, [orgId])).length === 0) {
    throw new AegisError('not-found', { detail: 'There is no such organization.' });
  }
  const [head] = await run<HeadRow>(LOCK_HEAD, [orgId]);
  if (head !== undefined) {
    return head;
  }
  await run(LOCK_ORGANIZATION, [orgId]);
  return (await run<HeadRow>(LOCK_HEAD, [orgId]))[0];
}

function valuesOf({ orgId, seq, id, at, actor, action, target, before, after }: AuditLink): (string | null)[] {
  return [
    orgId,
    String(seq),
    id,
    at.toISOString(),
    ...[actor.kind, actor.id, actor.name, actor.ip, actor.userAgent, actor.requestId],
    action,
    ...[target.kind, target.id, target.name],
    before === null ? null : JSON.stringify(before),
    after === null ? null : JSON.stringify(after),
  ];
}
