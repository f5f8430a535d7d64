import { AegisError, type OrgId, type Permission, ROLE_PERMISSIONS } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { notFound } from './changes.ts';
import type { PrismaTransaction } from './database.ts';
import { type GivenRole, roleOf } from './given-role.ts';

/** What the one who changes something may do, as of the transaction. */
export interface Authority {
  readonly isOwner: boolean;
  readonly permissions: ReadonlySet<Permission>;
}

/** Mutations of people, roles and settings come one after the other; `not-found` without the organization. Rows that refer to it can still be written, so this must be a transaction's first lock. */
export async function lockOrganization(prisma: PrismaTransaction, orgId: OrgId): Promise<void> {
  const rows = await prisma.$queryRaw<object[]>`
    SELECT 1 FROM public.organizations WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;
  if (rows.length === 0) {
    throw notFound('organization');
  }
}

/** What the actor may do in the organization: the product itself everything, who does not belong to it nothing. */
export async function authorityOf(prisma: PrismaTransaction, orgId: OrgId, by: Actor): Promise<Authority> {
  if (by.kind === 'system') {
    return { isOwner: true, permissions: ROLE_PERMISSIONS.owner };
  }
  if (by.kind !== 'user' || by.id === null) {
    throw new AegisError('forbidden', { detail: 'Only people of the organization may do this.' });
  }
  const membership = await prisma.membership.findUnique({
    where: { orgId_userId: { orgId, userId: by.id } },
    include: { orgRole: true },
  });
  if (membership === null) {
    throw new AegisError('forbidden', { detail: 'You do not belong to this organization.' });
  }
  return { isOwner: membership.role === 'owner', permissions: roleOf(membership).permissions };
}

/** Nobody gives, or takes from others, what they may not do themselves; and only owners make, change or remove owners. */
export function demandMayGive(authority: Authority, role: GivenRole): void {
  if (role.role === 'owner') {
    demandOwner(authority);
  }
  demandHas(authority, role.permissions);
}

/** `forbidden` for permissions that the actor lacks. */
export function demandHas(authority: Authority, permissions: Iterable<Permission>): void {
  const lacking = [...permissions].filter((permission) => !authority.permissions.has(permission));
  if (lacking.length > 0) {
    throw new AegisError('forbidden', {
      detail: `Nobody can give or take what they may not do themselves; you lack ${lacking.join(', ')}.`,
    });
  }
}

/** `forbidden` for who is not an owner. */
function demandOwner({ isOwner }: Authority): void {
  if (!isOwner) {
    throw new AegisError('forbidden', { detail: 'Only an owner makes, changes or removes an owner.' });
  }
}
