import { AegisError, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { AuditTrail, Change, RunSql } from './audit/audit-trail.ts';
import type { Database, PrismaTransaction } from './database.ts';

/** What a mutation gives back, and what the audit log says of it: nothing, when nothing changed. */
export interface Changed<T> {
  readonly result: T;
  readonly change: Change | null;
}

/** Runs mutations: the change and its entry in the audit log are one transaction. */
export class Changes {
  readonly #database: Database;
  readonly #trail: AuditTrail;

  constructor(database: Database, trail: AuditTrail) {
    this.#database = database;
    this.#trail = trail;
  }

  /** Changes something of an organization's. */
  of<T>(orgId: OrgId, by: Actor, work: (prisma: PrismaTransaction) => Promise<Changed<T>>): Promise<T> {
    return this.#database.transaction(async (prisma) => {
      const { result, change } = await work(prisma);
      if (change !== null) {
        await this.append(prisma, orgId, by, change);
      }
      return result;
    });
  }

  /** Changes something of a person's, which every organization that they belong to must know. */
  ofPerson<T>(userId: string, by: Actor, work: (prisma: PrismaTransaction) => Promise<Changed<T>>): Promise<T> {
    return this.#database.transaction(async (prisma) => {
      const { result, change } = await work(prisma);
      if (change !== null) {
        const places = await prisma.membership.findMany({
          where: { userId },
          select: { orgId: true },
          // Always in one order, so that two changes never wait for each other.
          orderBy: { orgId: 'asc' },
        });
        for (const { orgId } of places) {
          await this.append(prisma, parseOrgId(orgId), by, change);
        }
      }
      return result;
    });
  }

  /** Adds an entry inside a transaction that is not of one organization alone. */
  append(prisma: PrismaTransaction, orgId: OrgId, by: Actor, change: Change): Promise<void> {
    const run: RunSql = (sql, values) => prisma.$queryRawUnsafe(sql, ...values);
    return this.#trail.append(run, orgId, by, change);
  }
}

/** What a repository throws for an object that the organization does not have. */
export function notFound(what: string): AegisError {
  return new AegisError('not-found', { detail: `There is no such ${what}.` });
}
