import { AegisError, type AuditAction, type JsonObject, type OrgId } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import type { PrismaTransaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { newId } from '../new-id.ts';
import { type AuditChain, type AuditLink, CHAIN_START } from './audit-chain.ts';

/** What JSON can say of something; members that are undefined are left out. */
export type Facts = Readonly<Record<string, unknown>>;

/** What a mutation did, in the words of the audit log. `before` and `after` hold what changed, and never a secret. */
export interface Change {
  readonly action: AuditAction;
  readonly target: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly before?: Facts | null;
  readonly after?: Facts | null;
}

/** Texts longer than this are cut: an entry is about what happened. */
const TEXT_CHARS_MAX = 2000;

/** Appends entries, inside the transaction of the change that they are about. */
export class AuditTrail {
  readonly #chain: AuditChain;
  readonly #now: () => number;

  constructor(chain: AuditChain, now: () => number) {
    this.#chain = chain;
    this.#now = now;
  }

  /** Holds the organization's head until the transaction ends, so its entries are in the order of their commits. */
  async append(prisma: PrismaTransaction, orgId: OrgId, by: Actor, change: Change): Promise<void> {
    const head = await lockHead(prisma, orgId);
    const nowMs = this.#now();
    const link: AuditLink = {
      orgId,
      seq: (head?.seq ?? 0n) + 1n,
      id: newId(nowMs),
      at: new Date(nowMs),
      actor: storableMembers(by),
      action: change.action,
      target: storableMembers(change.target),
      before: storableJson(change.before ?? null),
      after: storableJson(change.after ?? null),
    };
    const hash = Uint8Array.from(this.#chain.hash(head?.hash ?? CHAIN_START, link));
    await prisma.auditEntry.create({ data: { ...rowOf(link), hash } });
    const end = { seq: link.seq, hash, mac: Uint8Array.from(this.#chain.headMac(orgId, link.seq, hash)) };
    await prisma.auditHead.upsert({ where: { orgId }, create: { orgId, ...end }, update: end });
  }
}

/**
 * The end of the chain; without one the organization's row is held instead, so that there are no two first entries. The organization comes first, as an entry refers to it: who waits for its row must hold nothing that
 * who holds the row goes on to.
 */
async function lockHead(
  prisma: PrismaTransaction,
  orgId: OrgId,
): Promise<{ seq: bigint; hash: Uint8Array } | undefined> {
  const lock = () =>
    prisma.$queryRaw<{ seq: bigint; hash: Uint8Array }[]>`
      SELECT seq, hash FROM public.audit_heads WHERE org_id = ${orgId}::uuid FOR UPDATE`;
  const held = await prisma.$queryRaw<object[]>`
    SELECT 1 FROM public.organizations WHERE id = ${orgId}::uuid FOR KEY SHARE`;
  if (held.length === 0) {
    throw new AegisError('not-found', { detail: 'There is no such organization.' });
  }
  const [head] = await lock();
  if (head !== undefined) {
    return head;
  }
  await prisma.$queryRaw`SELECT FROM public.organizations WHERE id = ${orgId}::uuid FOR UPDATE`;
  return (await lock())[0];
}

function rowOf({ actor, target, before, after, ...link }: AuditLink) {
  return {
    ...link,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    targetKind: target.kind,
    targetId: target.id,
    targetName: target.name,
    before: before ?? Prisma.DbNull,
    after: after ?? Prisma.DbNull,
    ip: actor.ip,
    userAgent: actor.userAgent,
    requestId: actor.requestId,
  };
}

/** What can be read back as it was written: PostgreSQL has neither NUL nor halves of surrogate pairs, and numbers that JSON lacks become null. */
function storableMembers<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typeof member === 'string' ? storableText(member) : member]),
  ) as T;
}

function storableJson(value: Facts | null): JsonObject | null {
  return JSON.parse(
    JSON.stringify(value, (_name, member: unknown) => (typeof member === 'string' ? storableText(member) : member)),
  ) as JsonObject | null;
}

function storableText(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX).replaceAll('\0', '').toWellFormed();
}
