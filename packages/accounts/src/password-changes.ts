import { AegisError } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
import type { Database, PrismaTransaction } from './database.ts';
import { isEmail, normalizeEmail } from './email.ts';
import type { User as UserRow } from './generated/client.ts';
import { hashOfToken, newLinkToken } from './link-token.ts';
import { newId } from './new-id.ts';
import { demandStrongPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { endSessions } from './sessions.ts';

/** How long the link of a reset works. */
const RESET_LIFE_MS = 3_600_000;
/** The fields of the requests that a message about a new password belongs to (`ChangePasswordRequest`, `ResetPasswordRequest`). */
const FIELD = '/newPassword';

/** A reset that was asked for: what its mail needs. */
export interface PasswordReset {
  readonly email: string;
  /** Goes into the link and is kept nowhere. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** What a change of one's password says. */
export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** The session that goes on; all others end. */
  readonly keepSession: string;
}

/** A person whose password was reset. */
export interface ResetPerson {
  readonly userId: string;
  readonly email: string;
}

/** Changes and resets of passwords. */
export class PasswordChanges {
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

  /** Changes a person's password and ends their other sessions; `invalid-credentials` when the present one is wrong, `weak-password`. */
  async change(userId: string, by: Actor, change: PasswordChange): Promise<void> {
    const row = await this.#database.prisma((prisma) => prisma.user.findUniqueOrThrow({ where: { id: userId } }));
    const { passwordHash } = row;
    if (!(await this.#passwords.verify(passwordHash ?? undefined, change.currentPassword))) {
      throw new AegisError('invalid-credentials', { detail: 'The present password is wrong.' });
    }
    const next = await this.#newHash(row, change.newPassword);
    await this.#changes.ofPerson(userId, by, async (prisma) => {
      const updated = await prisma.user.updateMany({
        where: { id: userId, passwordHash },
        data: { passwordHash: next },
      });
      if (updated.count === 0) {
        throw new AegisError('invalid-credentials', { detail: 'The password was changed meanwhile.' });
      }
      const which = { id: { not: change.keepSession } };
      const ended = await this.#endEverything(prisma, userId, 'password-changed', which);
      return { result: undefined, change: { action: 'user.password', target: targetOf(row), after: { ended } } };
    });
  }

  /** Begins a reset and voids earlier ones; undefined when nobody who may sign in has the address. */
  async beginReset(email: string): Promise<PasswordReset | undefined> {
    const normal = normalizeEmail(email);
    const { token, tokenHash } = newLinkToken();
    const nowMs = this.#now();
    const expiresAt = new Date(nowMs + RESET_LIFE_MS);
    if (!isEmail(normal)) {
      return undefined;
    }
    return this.#database.transaction(async (prisma) => {
      const user = await prisma.user.findUnique({ where: { email: normal } });
      if (user === null || user.disabledAt !== null) {
        return undefined;
      }
      // Of two that are asked for at once, too, only the later one works.
      await prisma.$queryRaw`SELECT FROM public.users WHERE id = ${user.id}::uuid FOR UPDATE`;
      await voidResets(prisma, user.id, new Date(nowMs));
      const id = newId(nowMs);
      const row = { id, userId: user.id, tokenHash, createdAt: new Date(nowMs), expiresAt };
      await prisma.passwordReset.create({ data: row });
      return { email: user.email, token, expiresAt };
    });
  }

  /** Ends a reset with a new password: the token works once, and all sessions end. `unauthorized` for a token that does not work, which a refused password leaves good. */
  async finishReset(place: Omit<Actor, 'kind' | 'id' | 'name'>, token: string, password: string): Promise<ResetPerson> {
    const reset = await this.#database.prisma((prisma) =>
      prisma.passwordReset.findUnique({ where: { tokenHash: hashOfToken(token) }, include: { user: true } }),
    );
    const now = new Date(this.#now());
    if (reset === null || reset.usedAt !== null || reset.expiresAt <= now || reset.user.disabledAt !== null) {
      throw badToken();
    }
    const { id, user } = reset;
    const passwordHash = await this.#newHash(user, password);
    const by: Actor = { kind: 'user', id: user.id, name: user.email, ...place };
    return this.#changes.ofPerson(user.id, by, async (prisma) => {
      const used = await prisma.passwordReset.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
      if (used.count === 0) {
        throw badToken();
      }
      await prisma.user.update({ where: { id: user.id }, data: { passwordHash } });
      const ended = await this.#endEverything(prisma, user.id, 'password-reset');
      const change = { action: 'user.password-reset', target: targetOf(user), after: { ended } } as const;
      return { result: { userId: user.id, email: user.email }, change };
    });
  }

  async #newHash({ email, name }: UserRow, password: string): Promise<string> {
    await demandStrongPassword(password, { email, names: [name] }, FIELD);
    return this.#passwords.hash(password);
  }

  /** Links under way and sessions were made under the old password. */
  async #endEverything(
    prisma: PrismaTransaction,
    userId: string,
    reason: 'password-changed' | 'password-reset',
    which: { readonly id?: { readonly not: string } } = {},
  ): Promise<number> {
    await voidResets(prisma, userId, new Date(this.#now()));
    return endSessions(prisma, this.#now(), { userId, onlyOrganization: null }, reason, which);
  }
}

async function voidResets(prisma: PrismaTransaction, userId: string, now: Date): Promise<void> {
  await prisma.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
}

function targetOf({ id, email }: UserRow) {
  return { kind: 'user', id, name: email };
}

function badToken(): AegisError {
  return new AegisError('unauthorized', { detail: 'The link was used before, has expired or is not complete.' });
}
