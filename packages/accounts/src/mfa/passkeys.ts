import { AegisError } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import { type Changes, notFound } from '../changes.ts';
import type { Database, PrismaTransaction } from '../database.ts';
import { violationOf } from '../database-error.ts';
import type { MfaFactor as FactorRow } from '../generated/client.ts';
import { isId, newId } from '../new-id.ts';
import { parseName } from '../organizations.ts';
import { countFactors, demandUndemanded, lockPerson } from './person-factors.ts';
import type { RecoveryCodes } from './recovery-codes.ts';

/** A passkey as its owner sees it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** Kept by a provider and synchronized between devices. */
  readonly synced: boolean;
}

/** What a registration gave: https://www.w3.org/TR/webauthn-3/#credential-record */
export interface NewPasskey {
  readonly name: string;
  readonly credentialId: Uint8Array;
  /** COSE. */
  readonly publicKey: Uint8Array;
  readonly signCount: number;
  readonly transports: readonly string[];
  readonly synced: boolean;
}

/** A passkey that a signature can be checked with. */
export interface PasskeyCredential {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly transports: readonly string[];
}

/** What the authenticator said of itself when it signed. */
export interface PasskeyUse {
  readonly signCount: number;
  readonly synced: boolean;
}

/** More than anybody needs; each is sent with every login by a second factor. */
const PASSKEYS_MAX = 25;

/** WebAuthn credentials of people. */
export class Passkeys {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #recoveryCodes: RecoveryCodes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, recoveryCodes: RecoveryCodes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#recoveryCodes = recoveryCodes;
    this.#now = now;
  }

  /** Adds a passkey; the person's first second factor brings recovery codes. `already-exists` when somebody has the credential. */
  add(
    userId: string,
    by: Actor,
    { name: wanted, transports, signCount, ...passkey }: NewPasskey,
  ): Promise<{ readonly id: string; readonly name: string; readonly recoveryCodes: readonly string[] | null }> {
    const name = parseName(wanted);
    return this.#changes.ofPerson(userId, by, async (prisma) => {
      await lockPerson(prisma, userId);
      await demandRoom(prisma, userId);
      const recoveryCodes =
        (await countFactors(prisma, userId)) === 0 ? await this.#recoveryCodes.replace(prisma, userId) : null;
      const nowMs = this.#now();
      const id = newId(nowMs);
      const at = new Date(nowMs);
      const data = {
        id,
        userId,
        kind: 'passkey',
        name,
        credentialId: Uint8Array.from(passkey.credentialId),
        publicKey: Uint8Array.from(passkey.publicKey),
        signCount: BigInt(signCount),
        transports: [...transports],
        synced: passkey.synced,
        createdAt: at,
        confirmedAt: at,
      };
      await prisma.mfaFactor.create({ data }).catch((error: unknown) => {
        throw violationOf(error) === 'duplicate'
          ? new AegisError('already-exists', { detail: 'This passkey was added before.', cause: error })
          : error;
      });
      return {
        result: { id, name, recoveryCodes },
        change: { action: 'user.passkey-add', target: { kind: 'passkey', id, name } },
      };
    });
  }

  /** The credentials of a person. */
  async credentialsOf(userId: string): Promise<readonly PasskeyCredential[]> {
    const rows = await this.#database.prisma((prisma) =>
      prisma.mfaFactor.findMany({ where: { userId, kind: 'passkey' }, orderBy: { createdAt: 'asc' } }),
    );
    return rows.map(toCredential);
  }

  /** The credential of an id that an authenticator named; undefined when nobody who may sign in has it. */
  async findCredential(credentialId: Uint8Array): Promise<PasskeyCredential | undefined> {
    const row = await this.#database.prisma((prisma) =>
      prisma.mfaFactor.findFirst({
        where: { kind: 'passkey', credentialId: Uint8Array.from(credentialId), user: { disabledAt: null } },
      }),
    );
    return row === null ? undefined : toCredential(row);
  }

  /**
   * Notes a use. False when the signature counter did not grow, which means that there are two of an authenticator (https://www.w3.org/TR/webauthn-3/#sctn-sign-counter): one that does not count says 0 always, and of a
   * synchronized passkey there are meant to be several. Whether it is one is what was known before, since a copy can say what it likes.
   */
  async use(id: string, { signCount, synced }: PasskeyUse): Promise<boolean> {
    const count = BigInt(signCount);
    const grew = { signCount: count === 0n ? 0n : { lt: count } };
    const { count: updated } = await this.#database.prisma((prisma) =>
      prisma.mfaFactor.updateMany({
        where: { id, kind: 'passkey', OR: [{ synced: true }, grew] },
        data: { signCount: count, synced, lastUsedAt: new Date(this.#now()) },
      }),
    );
    return updated === 1;
  }

  /** Gives a passkey another name; `not-found` for one of somebody else. */
  async rename(userId: string, by: Actor, id: string, wanted: string): Promise<void> {
    const name = parseName(wanted);
    await this.#changes.ofPerson(userId, by, async (prisma) => {
      const { name: before } = await findOwn(prisma, userId, id);
      if (before === name) {
        return { result: undefined, change: null };
      }
      await prisma.mfaFactor.update({ where: { id }, data: { name } });
      const target = { kind: 'passkey', id, name };
      return {
        result: undefined,
        change: { action: 'user.passkey-rename', target, before: { name: before }, after: { name } },
      };
    });
  }

  /** Removes a passkey; its name. The last factor takes the recovery codes along, and stays (`conflict`) while an organization demands one. */
  remove(userId: string, by: Actor, id: string): Promise<string> {
    return this.#changes.ofPerson(userId, by, async (prisma) => {
      await lockPerson(prisma, userId);
      const { name } = await findOwn(prisma, userId, id);
      await prisma.mfaFactor.delete({ where: { id } });
      if ((await countFactors(prisma, userId)) === 0) {
        await demandUndemanded(prisma, userId);
        await this.#recoveryCodes.deleteAll(prisma, userId);
      }
      return { result: name, change: { action: 'user.passkey-remove', target: { kind: 'passkey', id, name } } };
    });
  }
}

/** A row of kind `passkey` as its owner sees it. */
export function toPasskey({ id, name, createdAt, lastUsedAt, synced }: FactorRow): Passkey {
  return { id, name, createdAt, lastUsedAt, synced };
}

async function demandRoom(prisma: PrismaTransaction, userId: string): Promise<void> {
  if ((await prisma.mfaFactor.count({ where: { userId, kind: 'passkey' } })) >= PASSKEYS_MAX) {
    throw new AegisError('invalid-request', {
      detail: `A person has at most ${PASSKEYS_MAX} passkeys.`,
      members: { limit: PASSKEYS_MAX },
    });
  }
}

async function findOwn(prisma: PrismaTransaction, userId: string, id: string): Promise<FactorRow> {
  const row = isId(id) ? await prisma.mfaFactor.findFirst({ where: { id, userId, kind: 'passkey' } }) : null;
  if (row === null) {
    throw notFound('passkey');
  }
  return row;
}

function toCredential({ id, userId, name, credentialId, publicKey, transports }: FactorRow): PasskeyCredential {
  if (credentialId === null || publicKey === null) {
    throw new TypeError('the table lets no passkey be without credential and key');
  }
  return { id, userId, name, credentialId, publicKey, transports };
}
