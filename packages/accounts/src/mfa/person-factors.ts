import { AegisError } from '@aegisguard/model';
import { notFound } from '../changes.ts';
import type { PrismaTransaction } from '../database.ts';
import { isId } from '../new-id.ts';

/** Changes of what a person may have only so many of, such as factors, come one after the other. The person's address. */
export async function lockPerson(prisma: PrismaTransaction, userId: string): Promise<string> {
  const [person] = isId(userId)
    ? await prisma.$queryRaw<{ email: string }[]>`
        SELECT email FROM public.users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`
    : [];
  if (person === undefined) {
    throw notFound('user');
  }
  return person.email;
}

/** How many factors count: a set-up that was not verified does not. */
export function countFactors(prisma: PrismaTransaction, userId: string): Promise<number> {
  return prisma.mfaFactor.count({ where: { userId, confirmedAt: { not: null } } });
}

/** Throws `conflict` while an organization of the person demands a second factor. */
export async function demandUndemanded(prisma: PrismaTransaction, userId: string): Promise<void> {
  const place = await prisma.membership.findFirst({
    where: { userId, organization: { mfaRequired: true } },
    select: { organization: { select: { name: true } } },
  });
  if (place !== null) {
    throw new AegisError('conflict', {
      detail: `The organization ${place.organization.name} demands a second factor: set up another one first.`,
    });
  }
}
