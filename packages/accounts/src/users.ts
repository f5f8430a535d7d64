import { AegisError, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Database, PrismaTransaction } from './database.ts';
import { violationOf } from './database-error.ts';
import { isEmail, normalizeEmail, parseEmail } from './email.ts';
import type { User as UserRow } from './generated/client.ts';
import { isId, newId } from './new-id.ts';
import { parseName } from './organizations.ts';
import type { Passwords } from './passwords.ts';

/** A person, without anything secret. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** May not log in. */
  readonly disabled: boolean;
}

/** What a new user is made from. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** A person with the organizations that must know what happens to the account. */
export interface KnownUser extends User {
  readonly orgIds: readonly OrgId[];
}

/** People and their passwords. */
export class Users {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #now: () => number;

  constructor(database: Database, passwords: Passwords, now: () => number) {
    this.#database = database;
    this.#passwords = passwords;
    this.#now = now;
  }

  /** Makes a user; `invalid-request` when the address is taken or is none. */
  async create({ email, name, password }: NewUser): Promise<User> {
    const passwordHash = await this.#passwords.hash(password);
    return this.#database.prisma((prisma) => insertUser(prisma, this.#now(), { email, name, passwordHash }));
  }

  /** A user by id; undefined when there is none. Disabled users are found too: callers look at `disabled`. */
  async find(userId: string): Promise<User | undefined> {
    if (!isId(userId)) {
      return undefined;
    }
    const row = await this.#database.prisma((prisma) => prisma.user.findUnique({ where: { id: userId } }));
    return row ? toUser(row) : undefined;
  }

  /** The user whose address and password these are. Unknown, disabled and wrong take the same work and give the same answer. */
  async authenticate(email: string, password: string): Promise<User | undefined> {
    const row = await this.#findByEmail(normalizeEmail(email));
    const matches = await this.#passwords.verify(row?.passwordHash ?? undefined, password);
    return row && matches && row.disabledAt === null ? toUser(row) : undefined;
  }

  /** The user of an address, or of an id, with their organizations; undefined when there is none. */
  async known(who: { readonly email: string } | { readonly userId: string }): Promise<KnownUser | undefined> {
    const where = 'userId' in who ? { id: who.userId } : { email: normalizeEmail(who.email) };
    if ('email' in where ? !isEmail(where.email) : !isId(where.id)) {
      return undefined;
    }
    const include = { memberships: { select: { orgId: true } } };
    const row = await this.#database.prisma((prisma) => prisma.user.findUnique({ where, include }));
    return row ? { ...toUser(row), orgIds: row.memberships.map(({ orgId }) => parseOrgId(orgId)) } : undefined;
  }

  #findByEmail(email: string): Promise<UserRow | null> {
    return isEmail(email)
      ? this.#database.prisma((prisma) => prisma.user.findUnique({ where: { email } }))
      : Promise.resolve(null);
  }
}

/** Writes a user whose password is hashed already, or who has none; may be inside the caller's transaction. */
export async function insertUser(
  prisma: PrismaTransaction,
  nowMs: number,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string | null },
): Promise<User> {
  const data = {
    id: newId(nowMs),
    email: parseEmail(email),
    name: parseName(name),
    passwordHash,
    createdAt: new Date(nowMs),
  };
  const row = await prisma.user.create({ data }).catch((error: unknown) => {
    throw violationOf(error) === 'duplicate'
      ? new AegisError('invalid-request', { detail: 'The e-mail address is taken.', cause: error })
      : error;
  });
  return toUser(row);
}

function toUser(row: UserRow): User {
  return { id: row.id, email: row.email, name: row.name, disabled: row.disabledAt !== null };
}
