import type { OrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { parseEmail } from './email.ts';
import { insertOrganization } from './organizations.ts';
import { demandStrongPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { insertUser } from './users.ts';

/** What somebody who registers says. */
export interface NewRegistration {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly organizationName: string;
}

/** What a registration made. */
export interface Registered {
  readonly userId: string;
  readonly orgId: OrgId;
}

interface Tools {
  readonly database: Database;
  readonly changes: Changes;
  readonly passwords: Passwords;
  readonly now: () => number;
}

/** Makes a person and an organization that they own, or neither; `already-exists` when there is an account with the address, `weak-password`. */
export async function register(
  { database, changes, passwords, now }: Tools,
  place: Omit<Actor, 'kind' | 'id' | 'name'>,
  { email, password, name, organizationName }: NewRegistration,
): Promise<Registered> {
  await demandStrongPassword(password, { email: parseEmail(email), names: [name, organizationName] }, '/password');
  const passwordHash = await passwords.hash(password);
  return database.transaction(async (prisma) => {
    const user = await insertUser(prisma, now(), { email, name, passwordHash });
    const by: Actor = { kind: 'user', id: user.id, name: user.email, ...place };
    const organization = { name: organizationName, ownerUserId: user.id };
    return { userId: user.id, orgId: await insertOrganization(prisma, changes, now(), by, organization) };
  });
}
