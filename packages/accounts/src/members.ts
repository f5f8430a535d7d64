import { AegisError, type OrgId, type Role } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { type Changes, notFound } from './changes.ts';
import { violationOf } from './database-error.ts';
import { isId } from './new-id.ts';

/** Who belongs to organizations. */
export class Members {
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(changes: Changes, now: () => number) {
    this.#changes = changes;
    this.#now = now;
  }

  /** Adds a user; `not-found` when there is no such organization or user, `already-exists` when the user belongs to it already. */
  async add(orgId: OrgId, by: Actor, userId: string, role: Role): Promise<void> {
    if (!isId(userId)) {
      throw notFound('user');
    }
    await this.#changes.of(orgId, by, async (prisma) => {
      const data = { orgId, userId, role, createdAt: new Date(this.#now()) };
      const select = { user: { select: { email: true } } };
      const { user } = await prisma.membership.create({ data, select }).catch((error: unknown) => {
        const violation = violationOf(error);
        if (violation === 'duplicate') {
          throw new AegisError('already-exists', {
            detail: 'The user belongs to the organization already.',
            cause: error,
          });
        }
        throw violation ? notFound('user') : error;
      });
      const target = { kind: 'user', id: userId, name: user.email };
      return { result: undefined, change: { action: 'user.create', target, after: { role } } };
    });
  }
}
