import type { OrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { authorityOf, demandMayGive, lockOrganization } from './authority.ts';
import type { Changed, Changes } from './changes.ts';
import type { PrismaTransaction } from './database.ts';
import { parseEmail } from './email.ts';
import { demandRole, type GivenRole, roleRef } from './given-role.ts';
import { newLinkToken } from './link-token.ts';
import { demandNoMember, insertMembership, roleFacts } from './members.ts';
import { newId } from './new-id.ts';
import { parseName } from './organizations.ts';
import { demandStrongPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { insertUser } from './users.ts';

/** Who is to belong to an organization. */
export interface NewMember {
  readonly email: string;
  readonly name: string;
  /** A built-in role, or the id of a role of the organization's own. */
  readonly role: string;
  /** Makes an account where there is none. */
  readonly password?: string | undefined;
}

/** What became of it: a person's or an invitation's id, and with an invitation the token of its link, this once. */
export interface AddedMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly invitation: { readonly token: string; readonly expiresAt: Date } | null;
}

const INVITATION_LIFE_MS = 7 * 24 * 3_600_000;

/** Brings people into organizations: with an account that is made for them, or by inviting them. */
export class NewMembers {
  readonly #changes: Changes;
  readonly #passwords: Passwords;
  readonly #now: () => number;

  constructor(changes: Changes, passwords: Passwords, now: () => number) {
    this.#changes = changes;
    this.#passwords = passwords;
    this.#now = now;
  }

  /**
   * With a password a person who can sign in at once, else an invitation; always an invitation for an address that has an account, whose password is nobody else's business. A new invitation replaces one that waits. `already-exists` for who
   * belongs to the organization already.
   */
  async add(orgId: OrgId, by: Actor, wanted: NewMember): Promise<AddedMember> {
    const person = { email: parseEmail(wanted.email), name: parseName(wanted.name) };
    const passwordHash = wanted.password === undefined ? undefined : await this.#hash(wanted.password, person);
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const authority = await authorityOf(prisma, orgId, by);
      const role = await demandRole(prisma, orgId, wanted.role);
      demandMayGive(authority, role);
      const user = await prisma.user.findUnique({ where: { email: person.email }, select: { id: true } });
      if (user !== null) {
        await demandNoMember(prisma, orgId, user.id);
      }
      return user === null && passwordHash !== undefined
        ? this.#enroll(prisma, orgId, { ...person, passwordHash }, role)
        : this.#invite(prisma, orgId, by, person, role);
    });
  }

  async #hash(password: string, { email, name }: { email: string; name: string }): Promise<string> {
    await demandStrongPassword(password, { email, names: [name] }, '/password');
    return this.#passwords.hash(password);
  }

  async #enroll(
    prisma: PrismaTransaction,
    orgId: OrgId,
    person: { email: string; name: string; passwordHash: string },
    role: GivenRole,
  ): Promise<Changed<AddedMember>> {
    const nowMs = this.#now();
    const { id, email, name } = await insertUser(prisma, nowMs, person);
    await insertMembership(prisma, nowMs, orgId, id, role);
    await withdrawInvitations(prisma, orgId, email, new Date(nowMs));
    return {
      result: { id, email, name, role: roleRef(role), invitation: null },
      change: {
        action: 'user.create',
        target: { kind: 'user', id, name: email },
        after: { name, ...roleFacts(role) },
      },
    };
  }

  async #invite(
    prisma: PrismaTransaction,
    orgId: OrgId,
    by: Actor,
    person: { email: string; name: string },
    role: GivenRole,
  ): Promise<Changed<AddedMember>> {
    const nowMs = this.#now();
    const createdAt = new Date(nowMs);
    const expiresAt = new Date(nowMs + INVITATION_LIFE_MS);
    await withdrawInvitations(prisma, orgId, person.email, createdAt);
    const { token, tokenHash } = newLinkToken();
    const invitedBy = by.kind === 'user' ? by.id : null;
    const place = { orgId, role: role.role, roleId: role.roleId };
    const id = newId(nowMs);
    await prisma.invitation.create({ data: { id, ...person, ...place, tokenHash, invitedBy, createdAt, expiresAt } });
    return {
      result: { id, ...person, role: roleRef(role), invitation: { token, expiresAt } },
      change: {
        action: 'invitation.create',
        target: { kind: 'invitation', id, name: person.email },
        after: { name: person.name, ...roleFacts(role), expiresAt: expiresAt.toISOString() },
      },
    };
  }
}

/** One invitation per address waits at a time. */
export async function withdrawInvitations(
  prisma: PrismaTransaction,
  orgId: OrgId,
  email: string,
  now: Date,
): Promise<void> {
  await prisma.invitation.updateMany({
    where: { orgId, email, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
}
