import { AegisError, ErasureReport, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { authorityOf, lockOrganization } from './authority.ts';
import { notFound } from './changes.ts';
import type { Database } from './database.ts';
import type { ErasureProof } from './erasure-proof.ts';
import type { Erasure as ErasureRow } from './generated/client.ts';
import { isId, newId } from './new-id.ts';

/** The erasure of a deleted organization, as far as it is. */
export interface Erasure {
  readonly id: string;
  readonly orgId: OrgId;
  readonly orgName: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** `failed` is tried again. */
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  /** Undefined before it began. */
  readonly report: ErasureReport | undefined;
  readonly proof: Uint8Array | null;
}

/** An erasure that one process works on. */
export interface ErasureLease {
  readonly id: string;
  readonly leaseId: string;
  readonly orgId: OrgId;
  /** What a process before this one had stored. */
  readonly report: ErasureReport | undefined;
}

/** A process that has not told for so long is taken for dead. */
const LEASE_MS = 60_000;
/** After a failure, which is of the queue or the store, it rests. */
const REST_MS = 60_000;

/** $1: lease, $2: its end, $3: now. */
const CLAIM_SQL = `
  UPDATE public.erasures SET status = 'running', lease_id = $1, leased_until = $2
  WHERE id = (SELECT id FROM public.erasures WHERE status <> 'done' AND (leased_until IS NULL OR leased_until <= $3)
              ORDER BY requested_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** Deletions of organizations, and what is left to be erased. */
export class Erasures {
  readonly #database: Database;
  readonly #proof: ErasureProof;
  readonly #now: () => number;

  constructor(database: Database, proof: ErasureProof, now: () => number) {
    this.#database = database;
    this.#proof = proof;
    this.#now = now;
  }

  /**
   * Deletes an organization whose name is given, and with it everything that PostgreSQL has of it, its audit log too; what remains is the erasure, which says who asked for it and when.
   */
  request(orgId: OrgId, by: Actor, name: string): Promise<Erasure> {
    return this.#database.transaction(async (prisma) => {
      await lockOrganization(prisma, orgId);
      await authorityOf(prisma, orgId, by);
      const organization = await prisma.organization.findUniqueOrThrow({
        where: { id: orgId },
        select: { name: true },
      });
      if (organization.name !== name) {
        const message = 'This is not the name of the organization.';
        throw new AegisError('invalid-request', { detail: message, members: { errors: [{ path: '/name', message }] } });
      }
      if (by.id === null) {
        throw new AegisError('forbidden', { detail: 'Only a person may delete an organization.' });
      }
      const nowMs = this.#now();
      const row = await prisma.erasure.create({
        data: {
          id: newId(nowMs),
          orgId,
          orgName: name,
          requestedBy: by.id,
          requestedAt: new Date(nowMs),
          status: 'waiting',
          steps: [],
        },
      });
      await prisma.organization.delete({ where: { id: orgId } });
      return this.#read(row);
    });
  }

  /** A page of the erasures that a person asked for, newest first. The cursor is the last one's id, which grows with time. */
  async list(
    userId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ items: readonly Erasure[]; nextCursor: string | null }> {
    if (cursor !== undefined && !isId(cursor)) {
      throw new AegisError('invalid-cursor');
    }
    const older = cursor === undefined ? {} : { id: { lt: cursor } };
    const rows = await this.#database.prisma((prisma) =>
      prisma.erasure.findMany({
        where: { requestedBy: userId, ...older },
        orderBy: { id: 'desc' },
        take: limit + 1,
      }),
    );
    const items = rows.slice(0, limit).map((row) => this.#read(row));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** An erasure that the person asked for; `not-found` for any other. */
  async find(userId: string, erasureId: string): Promise<Erasure> {
    const row = isId(erasureId)
      ? await this.#database.prisma((prisma) =>
          prisma.erasure.findFirst({ where: { id: erasureId, requestedBy: userId } }),
        )
      : null;
    if (row === null) {
      throw notFound('erasure');
    }
    return this.#read(row);
  }

  /** Whether the organization was deleted: said by its erasure, not by a row that is missing. */
  async isErased(orgId: OrgId): Promise<boolean> {
    return (await this.#database.prisma((prisma) => prisma.erasure.count({ where: { orgId } }))) > 0;
  }

  /** Takes the oldest erasure that nobody works on; undefined when there is none. It must be kept by `keep` until `finish`, `fail` or `release`. */
  async claim(): Promise<ErasureLease | undefined> {
    const nowMs = this.#now();
    const leaseId = newId(nowMs);
    const values = [leaseId, new Date(nowMs + LEASE_MS), new Date(nowMs)];
    const [claimed] = await this.#database.rows<{ id: string }>(CLAIM_SQL, values);
    if (claimed === undefined) {
      return undefined;
    }
    const row = await this.#database.prisma((prisma) =>
      prisma.erasure.findUniqueOrThrow({ where: { id: claimed.id } }),
    );
    return { id: row.id, leaseId, orgId: parseOrgId(row.orgId), report: reportOf(row) };
  }

  /** Says that the process still works on it, and how far it is. Throws `conflict` when another has taken it over. */
  async keep(lease: ErasureLease, report?: ErasureReport): Promise<void> {
    const leasedUntil = new Date(this.#now() + LEASE_MS);
    await this.#write(lease, { leasedUntil, ...(report === undefined ? {} : columnsOf(report)) });
  }

  /** Stores the finished report with its proof. */
  async finish(lease: ErasureLease, report: ErasureReport): Promise<void> {
    const row = await this.#database.prisma((prisma) => prisma.erasure.findUniqueOrThrow({ where: { id: lease.id } }));
    const proof = Uint8Array.from(this.#proof.of({ ...row, report }));
    await this.#write(lease, { ...columnsOf(report), status: 'done', proof, leaseId: null, leasedUntil: null });
  }

  /** Gives it back, to be tried again by anybody after a rest. */
  async fail(lease: ErasureLease): Promise<void> {
    await this.#write(lease, { status: 'failed', leaseId: null, leasedUntil: new Date(this.#now() + REST_MS) });
  }

  /** Gives it back because the process stops: another one may go on at once. */
  async release(lease: ErasureLease): Promise<void> {
    await this.#write(lease, { status: 'waiting', leaseId: null, leasedUntil: null });
  }

  async #write({ id, leaseId }: ErasureLease, data: object): Promise<void> {
    const where = { id, leaseId };
    const { count } = await this.#database.prisma((prisma) => prisma.erasure.updateMany({ where, data }));
    if (count === 0) {
      throw new AegisError('conflict', { internal: `another process has taken over the erasure ${id}` });
    }
  }

  #read(row: ErasureRow): Erasure {
    const { id, orgName, requestedBy, requestedAt, status, proof } = row;
    const report = reportOf(row);
    if (status === 'done' && !(report && proof && this.#proof.holds({ ...row, report }, proof))) {
      throw new AegisError('internal', { internal: `the report of the erasure ${id} has been altered` });
    }
    return {
      id,
      orgId: parseOrgId(row.orgId),
      orgName,
      requestedBy,
      requestedAt,
      status: statusOf(status),
      report,
      proof,
    };
  }
}

function columnsOf({ startedAt, finishedAt, steps }: ErasureReport) {
  return { startedAt: new Date(startedAt), finishedAt: finishedAt === null ? null : new Date(finishedAt), steps };
}

function reportOf({ startedAt, finishedAt, steps }: ErasureRow): ErasureReport | undefined {
  return startedAt === null
    ? undefined
    : ErasureReport.parse({
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
        steps,
      });
}

function statusOf(text: string): Erasure['status'] {
  return text === 'done' || text === 'running' || text === 'failed' ? text : 'waiting';
}
