import { AegisError, type OrgId } from '@aegisguard/model';
import { type Actor, SYSTEM_ACTOR } from '../actor.ts';
import type { Change } from '../audit/audit-trail.ts';
import { lockOrganization } from '../authority.ts';
import type { Changed, Changes } from '../changes.ts';
import type { PrismaTransaction } from '../database.ts';
import type { Membership as MembershipRow, OrgRole, User as UserRow } from '../generated/client.ts';
import { demandRole, type GivenRole, roleOf, roleRef } from '../given-role.ts';
import { insertMembership, roleFacts, updateRole } from '../members.ts';
import { withdrawInvitations } from '../new-members.ts';
import { insertUser } from '../users.ts';
import { readSsoPerson, type SsoPerson } from './sso-person.ts';
import { type SsoProvider, toSsoProvider } from './sso-provider.ts';

/** Why somebody who signed in with their provider is not let in. */
export type SsoRefusal =
  | 'unknown-organization'
  | 'invalid'
  | 'email-missing'
  | 'email-unverified'
  | 'not-invited'
  | 'no-role';

/** What became of a login. */
export type Admission =
  | { readonly outcome: 'admitted'; readonly userId: string; readonly orgId: OrgId }
  | { readonly outcome: 'refused'; readonly reason: SsoRefusal };

/** A provider as it was when it signed the claims. */
export type ClaimsSource = Pick<SsoProvider, 'id' | 'orgId' | 'issuer' | 'name'>;

type Place = Pick<Actor, 'ip' | 'userAgent' | 'requestId'>;
type Member = MembershipRow & { readonly orgRole: OrgRole | null };

/** What a visit is decided by. */
interface Visit {
  readonly prisma: PrismaTransaction;
  readonly provider: SsoProvider;
  readonly person: SsoPerson;
  readonly now: Date;
}

/** Lets people in whom their organization's identity provider has recognized. The provider is the organization's own choice, so it has no power over accounts that are not of its members. */
export class SsoAdmission {
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(changes: Changes, now: () => number) {
    this.#changes = changes;
    this.#now = now;
  }

  /**
   * Finds or makes the person whom verified claims mean, and gives them the role that their groups have. Who comes again is known by the subject. Who comes for the first time needs an address: one without an account makes a new member, where
   * the organization wants that; the account of a member is linked; any other account is refused, until its person has accepted an invitation.
   */
  async admit(source: ClaimsSource, claims: unknown, place: Place): Promise<Admission> {
    const by: Actor = { ...SYSTEM_ACTOR, name: source.name, ...place };
    return this.#changes.of(source.orgId, by, async (prisma) => {
      await lockOrganization(prisma, source.orgId);
      const row = await prisma.ssoProvider.findFirst({
        where: { id: source.id, issuer: source.issuer, enabled: true },
      });
      if (row === null) {
        return refused('unknown-organization');
      }
      const provider = toSsoProvider(row);
      const person = readSsoPerson(claims, provider.groupsClaim);
      return person === undefined
        ? refused('invalid')
        : decide({ prisma, provider, person, now: new Date(this.#now()) });
    });
  }
}

async function decide(visit: Visit): Promise<Changed<Admission>> {
  const { prisma, provider, person, now } = visit;
  const key = { providerId: provider.id, subject: person.subject };
  const identity = await prisma.ssoIdentity.findUnique({
    where: { providerId_subject: key },
    include: { user: true },
  });
  if (identity !== null) {
    return admitUser(visit, identity.user);
  }
  if (person.email === undefined) {
    return refused('email-missing');
  }
  if (!person.emailVerified) {
    return refused('email-unverified');
  }
  const user = await prisma.user.findUnique({ where: { email: person.email } });
  return user === null ? enroll(visit, person.email, now) : admitUser(visit, user);
}

/** Somebody who has an account: as a member only. */
async function admitUser(visit: Visit, user: UserRow): Promise<Changed<Admission>> {
  const { prisma, provider, now } = visit;
  const member = await prisma.membership.findUnique({
    where: { orgId_userId: { orgId: provider.orgId, userId: user.id } },
    include: { orgRole: true },
  });
  if (member === null || user.disabledAt !== null) {
    return refused('not-invited');
  }
  const role = await roleOfMember(visit, member);
  if (role === undefined) {
    return refused('no-role');
  }
  const before = roleOf(member);
  await remember(visit, user.id);
  if (roleRef(role) === roleRef(before)) {
    return admitted(visit, user.id, null);
  }
  await updateRole(prisma, now, provider.orgId, user.id, { before, role });
  return admitted(visit, user.id, {
    action: 'user.role',
    target: { kind: 'user', id: user.id, name: user.email },
    before: roleFacts(before),
    after: roleFacts(role),
  });
}

/** Somebody who has none: a new person without a password, who gets in by the provider alone. */
async function enroll(visit: Visit, email: string, now: Date): Promise<Changed<Admission>> {
  const { prisma, provider, person } = visit;
  const { orgId } = provider;
  if (!provider.provision) {
    return refused('not-invited');
  }
  const role = await givenRole(visit);
  if (role === undefined) {
    return refused('no-role');
  }
  const { id } = await insertUser(prisma, now.getTime(), { email, name: person.name, passwordHash: null });
  await insertMembership(prisma, now.getTime(), orgId, id, role);
  await withdrawInvitations(prisma, orgId, email, now);
  await remember(visit, id);
  return admitted(visit, id, {
    action: 'user.create',
    target: { kind: 'user', id, name: email },
    after: { name: person.name, ...roleFacts(role) },
  });
}

/**
 * The role that a member comes in with. Without a mapping it is theirs. Owners are the mapping's business only where it makes owners, which only an owner can have saved; and the last one stays an owner.
 */
async function roleOfMember(visit: Visit, member: Member): Promise<GivenRole | undefined> {
  const { prisma, provider } = visit;
  const { roleMapping, orgId } = provider;
  const present = roleOf(member);
  if (roleMapping.length === 0) {
    return present;
  }
  if (present.role !== 'owner') {
    return givenRole(visit);
  }
  if (!roleMapping.some(({ role }) => role === 'owner')) {
    return present;
  }
  const others = { orgId, role: 'owner', userId: { not: member.userId }, user: { disabledAt: null } };
  return (await prisma.membership.count({ where: others })) === 0 ? present : givenRole(visit);
}

/** The role of the first mapping whose group the person has, else the default; undefined when there is none, or it is gone. */
async function givenRole({ prisma, provider, person }: Visit): Promise<GivenRole | undefined> {
  const mapped = provider.roleMapping.find(({ group }) => person.groups.has(group));
  const ref = mapped?.role ?? provider.defaultRole;
  if (ref === null) {
    return undefined;
  }
  return demandRole(prisma, provider.orgId, ref).catch((error: unknown) => {
    if (error instanceof AegisError && error.code === 'invalid-request') {
      return undefined;
    }
    throw error;
  });
}

async function remember({ prisma, provider, person, now }: Visit, userId: string): Promise<void> {
  const key = { providerId: provider.id, subject: person.subject };
  await prisma.ssoIdentity.upsert({
    where: { providerId_subject: key },
    create: { ...key, userId, createdAt: now, lastLoginAt: now },
    update: { lastLoginAt: now },
  });
}

function admitted({ provider }: Visit, userId: string, change: Change | null): Changed<Admission> {
  return { result: { outcome: 'admitted', userId, orgId: provider.orgId }, change };
}

function refused(reason: SsoRefusal): Changed<Admission> {
  return { result: { outcome: 'refused', reason }, change: null };
}
