import { AegisError, type OrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { type Authority, authorityOf, demandMayGive, lockOrganization } from './authority.ts';
import { type Changes, notFound } from './changes.ts';
import type { Database, PrismaTransaction } from './database.ts';
import { demandRole, type GivenRole, roleOf, roleRef } from './given-role.ts';
import { withdrawHandedOut } from './handed-out.ts';
import { newLinkToken } from './link-token.ts';
import { findMember, listMembers, type Member, type MemberListRequest } from './member-list.ts';
import { isId, newId } from './new-id.ts';

/** A link with which a person chooses a new password. */
export interface ResetLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Whoever made it hands it over by hand, so it is good for a day. */
const RESET_LINK_LIFE_MS = 24 * 3_600_000;

/** Who belongs to organizations, and what they may do there. */
export class Members {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /** A page of people, by name. */
  list(orgId: OrgId, request: MemberListRequest): Promise<{ items: readonly Member[]; nextCursor: string | null }> {
    return listMembers(this.#database, orgId, request);
  }

  /** One person; `not-found` when they do not belong to the organization. */
  async find(orgId: OrgId, userId: string): Promise<Member> {
    const member = await findMember(this.#database, orgId, userId);
    if (member === undefined) {
      throw notFound('person');
    }
    return member;
  }

  /**
   * Adds a user who is known to want it; `not-found` when there is no such organization or user, `already-exists` when the user belongs to it already. Whom nobody has asked is invited instead (`Invitations`).
   */
  async add(orgId: OrgId, by: Actor, userId: string, ref: string): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const authority = await authorityOf(prisma, orgId, by);
      const role = await demandRole(prisma, orgId, ref);
      demandMayGive(authority, role);
      const user = isId(userId) ? await prisma.user.findUnique({ where: { id: userId } }) : null;
      if (user === null) {
        throw notFound('user');
      }
      await insertMembership(prisma, this.#now(), orgId, userId, role);
      const target = { kind: 'user', id: userId, name: user.email };
      return { result: undefined, change: { action: 'user.create', target, after: roleFacts(role) } };
    });
  }

  /** Gives a person another role; `forbidden` for who may do more than the actor. When they may do less from now on, what they handed out ends. */
  async changeRole(orgId: OrgId, by: Actor, userId: string, ref: string): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      const { authority, member } = await lockMember(prisma, orgId, by, userId);
      const before = roleOf(member);
      const role = await demandRole(prisma, orgId, ref);
      if (roleRef(role) === roleRef(before)) {
        return { result: undefined, change: null };
      }
      demandMayGive(authority, before);
      if (before.role === 'owner') {
        await demandAnotherOwner(prisma, orgId, userId);
      }
      demandMayGive(authority, role);
      await updateRole(prisma, new Date(this.#now()), orgId, userId, { before, role });
      const target = targetOf(member);
      const change = { action: 'user.role', target, before: roleFacts(before), after: roleFacts(role) } as const;
      return { result: undefined, change };
    });
  }

  /** Takes a person out of the organization; their account stays, and what they handed out ends. `forbidden` for who may do more than the actor. */
  async remove(orgId: OrgId, by: Actor, userId: string): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      const { authority, member } = await lockMember(prisma, orgId, by, userId);
      const role = roleOf(member);
      demandMayGive(authority, role);
      if (role.role === 'owner') {
        await demandAnotherOwner(prisma, orgId, userId);
      }
      const invitationsWithdrawn = await endMembership(prisma, orgId, userId, new Date(this.#now()));
      const target = targetOf(member);
      const change = {
        action: 'user.remove',
        target,
        before: roleFacts(role),
        after: { invitationsWithdrawn },
      } as const;
      return { result: undefined, change };
    });
  }

  /** Leaves the organization; what the person handed out ends. */
  async leave(orgId: OrgId, by: Actor): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      const userId = by.id ?? '';
      const { member } = await lockMember(prisma, orgId, by, userId);
      if (member.role === 'owner') {
        await demandAnotherOwner(prisma, orgId, userId);
      }
      const invitationsWithdrawn = await endMembership(prisma, orgId, userId, new Date(this.#now()));
      const before = roleFacts(roleOf(member));
      const change = {
        action: 'user.leave',
        target: targetOf(member),
        before,
        after: { invitationsWithdrawn },
      } as const;
      return { result: undefined, change };
    });
  }

  /**
   * Makes a link with which a person chooses a new password. It gives whoever makes it that person's account: so `conflict` for who belongs to another organization, too, and `forbidden` for who may do more than the maker.
   */
  makeResetLink(orgId: OrgId, by: Actor, userId: string): Promise<ResetLink> {
    return this.#changes.of(orgId, by, async (prisma) => {
      const member = await lockOwnPerson(prisma, orgId, by, userId);
      const { token, tokenHash } = newLinkToken();
      const nowMs = this.#now();
      const expiresAt = new Date(nowMs + RESET_LINK_LIFE_MS);
      const data = { id: newId(nowMs), userId, tokenHash, createdAt: new Date(nowMs), expiresAt };
      await prisma.passwordReset.create({ data });
      const after = { expiresAt: expiresAt.toISOString() };
      return {
        result: { token, expiresAt },
        change: { action: 'user.reset-link', target: targetOf(member), after },
      };
    });
  }

  /** Takes away the second factors and recovery codes of a person who has lost them, and ends their sessions; on the same conditions as a reset link. */
  removeSecondFactors(orgId: OrgId, by: Actor, userId: string): Promise<void> {
    return this.#changes.of(orgId, by, async (prisma) => {
      const member = await lockOwnPerson(prisma, orgId, by, userId);
      const { count: factors } = await prisma.mfaFactor.deleteMany({ where: { userId } });
      await prisma.recoveryCode.deleteMany({ where: { userId } });
      if (factors === 0) {
        return { result: undefined, change: null };
      }
      await prisma.session.updateMany({
        where: { userId, revokedAt: null },
        data: { revokedAt: new Date(this.#now()), revokedReason: 'second-factor-removed' },
      });
      return { result: undefined, change: { action: 'user.mfa-reset', target: targetOf(member), before: { factors } } };
    });
  }
}

/** Makes a user a member; the organization must be held. */
export async function insertMembership(
  prisma: PrismaTransaction,
  nowMs: number,
  orgId: OrgId,
  userId: string,
  { role, roleId }: GivenRole,
): Promise<void> {
  await demandNoMember(prisma, orgId, userId);
  await prisma.membership.create({ data: { orgId, userId, role, roleId, createdAt: new Date(nowMs) } });
  await endResetLinks(prisma, userId, new Date(nowMs));
}

/** Gives a member another role; the organization must be held. Links that others made for them end, and when they may do less from now on, so does what they handed out. */
export async function updateRole(
  prisma: PrismaTransaction,
  now: Date,
  orgId: OrgId,
  userId: string,
  { before, role }: { readonly before: GivenRole; readonly role: GivenRole },
): Promise<void> {
  const data = { role: role.role, roleId: role.roleId };
  await prisma.membership.update({ where: { orgId_userId: { orgId, userId } }, data });
  await endResetLinks(prisma, userId, now);
  if ([...before.permissions].some((permission) => !role.permissions.has(permission))) {
    await withdrawHandedOut(prisma, orgId, [userId], now);
  }
}

/** `already-exists` for who is a member; the organization must be held. */
export async function demandNoMember(prisma: PrismaTransaction, orgId: OrgId, userId: string): Promise<void> {
  if ((await prisma.membership.count({ where: { orgId, userId } })) > 0) {
    throw new AegisError('already-exists', { detail: 'The person belongs to the organization already.' });
  }
}

/** What the audit log says of a role. */
export function roleFacts(role: GivenRole): { role: string; roleName: string } {
  return { role: roleRef(role), roleName: role.name };
}

async function lockMember(prisma: PrismaTransaction, orgId: OrgId, by: Actor, userId: string) {
  await lockOrganization(prisma, orgId);
  const authority: Authority = await authorityOf(prisma, orgId, by);
  const member = isId(userId)
    ? await prisma.membership.findUnique({
        where: { orgId_userId: { orgId, userId } },
        include: { orgRole: true, user: { select: { email: true } } },
      })
    : null;
  if (member === null) {
    throw notFound('person');
  }
  return { authority, member };
}

/** A member whose account is the organization's alone, and who may do no more than who acts on it. The person is held, so that they do not join another organization meanwhile. */
async function lockOwnPerson(prisma: PrismaTransaction, orgId: OrgId, by: Actor, userId: string) {
  const { authority, member } = await lockMember(prisma, orgId, by, userId);
  if (by.id === userId) {
    throw new AegisError('forbidden', { detail: 'Change what is your own in your account.' });
  }
  demandMayGive(authority, roleOf(member));
  await prisma.$queryRaw`SELECT 1 FROM public.users WHERE id = ${userId}::uuid FOR UPDATE`;
  if ((await prisma.membership.count({ where: { userId } })) > 1) {
    throw new AegisError('conflict', {
      detail: 'This person belongs to another organization, too: their account is theirs alone.',
    });
  }
  return member;
}

/** An owner who may not sign in is none that an organization could do with. */
async function demandAnotherOwner(prisma: PrismaTransaction, orgId: OrgId, userId: string): Promise<void> {
  const others = { orgId, role: 'owner', userId: { not: userId }, user: { disabledAt: null } };
  if ((await prisma.membership.count({ where: others })) === 0) {
    throw new AegisError('last-owner', { detail: 'Make somebody else an owner first.' });
  }
}

/** Whoever made a link for a person must not get by it what the person may do since. */
async function endResetLinks(prisma: PrismaTransaction, userId: string, now: Date): Promise<void> {
  await prisma.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
}

/** Single sign-on must not let them in again as who they were, nor must what they handed out. How many invitations ended with it. */
async function endMembership(prisma: PrismaTransaction, orgId: OrgId, userId: string, now: Date): Promise<number> {
  const invitationsWithdrawn = await withdrawHandedOut(prisma, orgId, [userId], now);
  await prisma.ssoIdentity.deleteMany({ where: { userId, provider: { orgId } } });
  await prisma.session.updateMany({
    where: { userId, orgId, revokedAt: null },
    data: { revokedAt: now, revokedReason: 'removed' },
  });
  await prisma.membership.delete({ where: { orgId_userId: { orgId, userId } } });
  return invitationsWithdrawn;
}

function targetOf({ userId, user }: { readonly userId: string; readonly user: { readonly email: string } }) {
  return { kind: 'user', id: userId, name: user.email };
}
