import { AegisError, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
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

const KNOWN_SELECT = `
  SELECT u.id, u.email, u.name, u.disabled_at IS NOT NULL AS disabled,
         ARRAY(SELECT m.org_id::text FROM public.memberships m WHERE m.user_id = u.id) AS org_ids
  FROM public.users u`;
const KNOWN_SQL = { id: `${KNOWN_SELECT} WHERE u.id = $1`, email: `${KNOWN_SELECT} WHERE u.email = $1` } as const;

interface KnownRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly org_ids: readonly string[];
}

/** People, and who is who by password. */
export class Users {
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

  /** Makes a user; `already-exists` when the address is taken, `invalid-request` when it is none. */
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
    if (!row || !matches || row.disabledAt !== null) {
      return undefined;
    }
    await this.#renewHash(row, password);
    return toUser(row);
  }

  /** The user of an address, or of an id, with their organizations; undefined when there is none. One statement, which takes as long for nobody as for somebody. */
  async known(who: { readonly email: string } | { readonly userId: string }): Promise<KnownUser | undefined> {
    const [column, value] =
      'userId' in who ? (['id', who.userId] as const) : (['email', normalizeEmail(who.email)] as const);
    if (column === 'id' ? !isId(value) : !isEmail(value)) {
      return undefined;
    }
    const [row] = await this.#database.rows<KnownRow>(KNOWN_SQL[column], [value], `known-user-by-${column}`);
    return (
      row && {
        id: row.id,
        email: row.email,
        name: row.name,
        disabled: row.disabled,
        orgIds: row.org_ids.map(parseOrgId),
      }
    );
  }

  /** Gives a person another name. */
  async rename(userId: string, by: Actor, wanted: string): Promise<void> {
    const name = parseName(wanted);
    await this.#changes.ofPerson(userId, by, async (prisma) => {
      const { name: before, email } = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
      if (name === before) {
        return { result: undefined, change: null };
      }
      await prisma.user.update({ where: { id: userId }, data: { name } });
      const target = { kind: 'user', id: userId, name: email };
      return {
        result: undefined,
        change: { action: 'user.profile', target, before: { name: before }, after: { name } },
      };
    });
  }

  /** A hash of another cost than today's is made anew while the password is at hand; not if it was changed meanwhile. */
  async #renewHash({ id, passwordHash }: UserRow, password: string): Promise<void> {
    if (passwordHash !== null && this.#passwords.needsRehash(passwordHash)) {
      const data = { passwordHash: await this.#passwords.hash(password) };
      await this.#database.prisma((prisma) => prisma.user.updateMany({ where: { id, passwordHash }, data }));
    }
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
      ? new AegisError('already-exists', { detail: 'There is an account with this e-mail address.', cause: error })
      : error;
  });
  return toUser(row);
}

function toUser(row: UserRow): User {
  return { id: row.id, email: row.email, name: row.name, disabled: row.disabledAt !== null };
}
