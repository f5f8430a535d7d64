import { AegisError, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { authorityOf, lockOrganization } from './authority.ts';
import { type Changes, notFound } from './changes.ts';
import type { Database, PrismaTransaction } from './database.ts';
import { type GivenRole, roleOf, roleRef } from './given-role.ts';
import { hashOfToken } from './link-token.ts';
import { insertMembership, roleFacts } from './members.ts';
import { isId } from './new-id.ts';
import { demandStrongPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { insertUser } from './users.ts';

/** An invitation that waits, as the organization sees it. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly roleName: string;
  /** Name of the person who invited; null when they are gone. */
  readonly invitedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** An invitation as the invited person sees it. */
export interface InvitationOffer {
  readonly organizationName: string;
  readonly email: string;
  readonly name: string;
  readonly roleName: string;
  readonly hasAccount: boolean;
  readonly expiresAt: Date;
}

/** Where an acceptance comes from: who accepts has no account before. */
export type AcceptedFrom = Omit<Actor, 'kind' | 'id' | 'name'>;

const WITH_PLACE = { orgRole: true, organization: { select: { name: true } } } as const;

/** Invitations to organizations. Who bears an invitation's token is the invited person. */
export class Invitations {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #passwords: Passwords;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, passwords: Passwords, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#passwords = passwords;
    this.#now = now;
  }

  /** A page of those that wait, newest first. The cursor is the last one's id, which grows with time. */
  async list(
    orgId: OrgId,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ items: readonly Invitation[]; nextCursor: string | null }> {
    if (cursor !== undefined && !isId(cursor)) {
      throw new AegisError('invalid-cursor');
    }
    const older = cursor === undefined ? {} : { id: { lt: cursor } };
    const rows = await this.#database.prisma(async (prisma) => {
      const found = await prisma.invitation.findMany({
        where: { orgId, ...older, ...this.#waiting() },
        orderBy: { id: 'desc' },
        take: limit + 1,
        include: WITH_PLACE,
      });
      const ids = found.flatMap(({ invitedBy }) => invitedBy ?? []);
      const inviters = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
      const names = new Map(inviters.map(({ id, name }) => [id, name]));
      return found.map((row) => ({ ...row, invitedBy: names.get(row.invitedBy ?? '') ?? null }));
    });
    const items = rows.slice(0, limit).map(({ id, email, name, invitedBy, createdAt, expiresAt, ...row }) => {
      const role = roleOf(row);
      return { id, email, name, role: roleRef(role), roleName: role.name, invitedBy, createdAt, expiresAt };
    });
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Withdraws an invitation that waits; `not-found` for any other. */
  async revoke(orgId: OrgId, by: Actor, invitationId: string): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      await authorityOf(prisma, orgId, by);
      const row = isId(invitationId)
        ? await prisma.invitation.findFirst({
            where: { orgId, id: invitationId, ...this.#waiting() },
            include: WITH_PLACE,
          })
        : null;
      if (row === null) {
        throw notFound('invitation');
      }
      await prisma.invitation.update({ where: { id: row.id }, data: { revokedAt: new Date(this.#now()) } });
      const target = { kind: 'invitation', id: row.id, name: row.email };
      return { result: undefined, change: { action: 'invitation.revoke', target, before: roleFacts(roleOf(row)) } };
    });
  }

  /** What the bearer of a token is invited to; `not-found` when it is none, or does not wait any more. */
  preview(token: string): Promise<InvitationOffer> {
    return this.#database.prisma(async (prisma) => {
      const { email, name, expiresAt, organization, ...row } = await this.#find(prisma, token);
      const hasAccount = (await prisma.user.count({ where: { email } })) > 0;
      return { organizationName: organization.name, email, name, roleName: roleOf(row).name, hasAccount, expiresAt };
    });
  }

  /** Makes the invited person's account and makes them a member; the new user's id. `already-exists` for who has an account: they sign in and `join`. */
  async accept(token: string, from: AcceptedFrom, person: { name: string; password: string }): Promise<string> {
    const { email, organization } = await this.#database.prisma((prisma) => this.#find(prisma, token));
    await demandStrongPassword(person.password, { email, names: [person.name, organization.name] }, '/password');
    const passwordHash = await this.#passwords.hash(person.password);
    return this.#database.transaction(async (prisma) => {
      const { row, orgId } = await this.#lock(prisma, token);
      if ((await prisma.user.count({ where: { email: row.email } })) > 0) {
        throw new AegisError('already-exists', {
          detail: 'This address has an account already: sign in to accept the invitation.',
        });
      }
      const user = await insertUser(prisma, this.#now(), { email: row.email, name: person.name, passwordHash });
      const by = { ...from, kind: 'user', id: user.id, name: user.email } as const;
      await this.#changes.append(prisma, orgId, by, await this.#joined(prisma, orgId, row, user));
      return user.id;
    });
  }

  /** Makes the signed-in person a member; `forbidden` when somebody else is invited, `already-exists` for a member. */
  async join(token: string, by: Actor): Promise<void> {
    await this.#database.transaction(async (prisma) => {
      const { row, orgId } = await this.#lock(prisma, token);
      const user = by.kind === 'user' ? await prisma.user.findUnique({ where: { id: by.id ?? '' } }) : null;
      if (user?.email !== row.email) {
        throw new AegisError('forbidden', { detail: 'The invitation is for another e-mail address.' });
      }
      await this.#changes.append(prisma, orgId, by, await this.#joined(prisma, orgId, row, user));
    });
  }

  async #joined(
    prisma: PrismaTransaction,
    orgId: OrgId,
    row: { readonly id: string } & Parameters<typeof roleOf>[0],
    user: { readonly id: string; readonly email: string },
  ) {
    const role: GivenRole = roleOf(row);
    await insertMembership(prisma, this.#now(), orgId, user.id, role);
    await prisma.invitation.update({ where: { id: row.id }, data: { acceptedAt: new Date(this.#now()) } });
    const target = { kind: 'user', id: user.id, name: user.email };
    return { action: 'user.join', target, after: { ...roleFacts(role), invitation: row.id } } as const;
  }

  /** The invitation as it is while its organization is held: of two who accept at once, one finds that it does not wait. */
  async #lock(prisma: PrismaTransaction, token: string) {
    const orgId = parseOrgId((await this.#find(prisma, token)).orgId);
    await lockOrganization(prisma, orgId);
    return { orgId, row: await this.#find(prisma, token) };
  }

  async #find(prisma: PrismaTransaction, token: string) {
    const row = await prisma.invitation.findUnique({
      where: { tokenHash: hashOfToken(token), ...this.#waiting() },
      include: WITH_PLACE,
    });
    if (row === null) {
      throw new AegisError('not-found', {
        detail: 'There is no such invitation, or it was used, withdrawn or is over.',
      });
    }
    return row;
  }

  #waiting() {
    return { acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date(this.#now()) } };
  }
}
