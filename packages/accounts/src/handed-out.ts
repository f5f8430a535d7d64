import type { OrgId } from '@aegisguard/model';
import type { PrismaTransaction } from './database.ts';

/**
 * Ends what people who may do less from now on can have kept from before: the invitations that they sent, whose links they know, and links for new passwords of people of the organization, any of which may be theirs.
 * How many invitations.
 */
export async function withdrawHandedOut(
  prisma: PrismaTransaction,
  orgId: OrgId,
  userIds: readonly string[],
  now: Date,
): Promise<number> {
  await prisma.passwordReset.updateMany({
    where: { usedAt: null, user: { memberships: { some: { orgId } } } },
    data: { usedAt: now },
  });
  const { count } = await prisma.invitation.updateMany({
    where: { orgId, invitedBy: { in: [...userIds] }, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return count;
}
