import { AegisError, type SecondFactor } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import type { Change } from '../audit/audit-trail.ts';
import type { Changes } from '../changes.ts';
import type { Database, PrismaTransaction } from '../database.ts';
import { newId } from '../new-id.ts';
import type { Passwords } from '../passwords.ts';
import type { SecretBox } from '../secret-box.ts';
import { type Passkey, toPasskey } from './passkeys.ts';
import { countFactors, demandUndemanded, lockPerson } from './person-factors.ts';
import type { RecoveryCodes } from './recovery-codes.ts';
import { describeTotp, newTotpSecret, stepOfCode } from './totp-code.ts';

/** A code that somebody types: one-time or recovery. */
export type TypedFactor = Exclude<SecondFactor, 'passkey'>;

/** A person's second factors. */
export interface SecondFactorState {
  /** When one-time codes were turned on. */
  readonly totpSince: Date | null;
  readonly recoveryCodesLeft: number;
  /** Oldest first. */
  readonly passkeys: readonly Passkey[];
}

/** What `SecondFactors` works with. */
export interface SecondFactorTools {
  readonly database: Database;
  readonly changes: Changes;
  readonly passwords: Passwords;
  readonly box: SecretBox;
  readonly recoveryCodes: RecoveryCodes;
  readonly now: () => number;
}

const ONE_TIME_CODE = /^\s*(?:\d\s*){6}$/;

/** One-time codes and recovery codes; what is said of passkeys here is how they count among the others. */
export class SecondFactors {
  readonly #tools: SecondFactorTools;

  constructor(tools: SecondFactorTools) {
    this.#tools = tools;
  }

  state(userId: string): Promise<SecondFactorState> {
    return this.#tools.database.prisma(async (prisma) => {
      const factors = await prisma.mfaFactor.findMany({
        where: { userId, confirmedAt: { not: null } },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return {
        totpSince: factors.find(({ kind }) => kind === 'totp')?.confirmedAt ?? null,
        recoveryCodesLeft: await prisma.recoveryCode.count({ where: { userId, usedAt: null } }),
        passkeys: factors.filter(({ kind }) => kind === 'passkey').map(toPasskey),
      };
    });
  }

  /** How the person can finish a login; undefined when they have no second factor. */
  async methods(userId: string): Promise<readonly SecondFactor[] | undefined> {
    const { totpSince, recoveryCodesLeft, passkeys } = await this.state(userId);
    if (totpSince === null && passkeys.length === 0) {
      return undefined;
    }
    return [
      ...(totpSince === null ? [] : (['totp'] as const)),
      ...(passkeys.length === 0 ? [] : (['passkey'] as const)),
      ...(recoveryCodesLeft === 0 ? [] : (['recovery-code'] as const)),
    ];
  }

  /** Demands the password of an account that has one: `invalid-credentials`. */
  async demandPassword(userId: string, password: string | undefined): Promise<void> {
    const { passwordHash } = await this.#tools.database.prisma((prisma) =>
      prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } }),
    );
    if (passwordHash !== null && !(await this.#tools.passwords.verify(passwordHash, password ?? ''))) {
      throw new AegisError('invalid-credentials', { detail: 'The password is wrong.' });
    }
  }

  /** Begins a set-up in the place of one that was not finished; `already-exists` when one-time codes are on. */
  beginTotp(userId: string): Promise<{ readonly secret: string; readonly otpauthUrl: string }> {
    const { database, box, now } = this.#tools;
    return database.transaction(async (prisma) => {
      const email = await lockPerson(prisma, userId);
      await demandNoTotp(prisma, userId);
      await prisma.mfaFactor.deleteMany({ where: { userId, kind: 'totp' } });
      const nowMs = now();
      const id = newId(nowMs);
      const secret = newTotpSecret();
      const sealed = Uint8Array.from(box.seal(secret, id));
      const row = { id, userId, kind: 'totp', name: 'Authenticator', secret: sealed, createdAt: new Date(nowMs) };
      await prisma.mfaFactor.create({ data: row });
      return describeTotp(secret, email);
    });
  }

  /** Ends a set-up: from now on one-time codes are on. Gives new recovery codes; `invalid-credentials` for a wrong code or without a set-up. */
  confirmTotp(userId: string, by: Actor, code: string): Promise<readonly string[]> {
    const { changes, recoveryCodes, now } = this.#tools;
    return changes.ofPerson(userId, by, async (prisma) => {
      await lockPerson(prisma, userId);
      await demandNoTotp(prisma, userId);
      if (!(await this.#useTotp(prisma, userId, code))) {
        throw wrongCode();
      }
      await prisma.mfaFactor.updateMany({ where: { userId, kind: 'totp' }, data: { confirmedAt: new Date(now()) } });
      const codes = await recoveryCodes.replace(prisma, userId);
      return { result: codes, change: changeOf(userId, by, 'user.mfa-enable') };
    });
  }

  /** Which factor the code proves, for this once; undefined for a wrong code, or one that was used. */
  prove(userId: string, code: string): Promise<TypedFactor | undefined> {
    return this.#tools.database.prisma((prisma) => this.#prove(prisma, userId, code));
  }

  /** Turns one-time codes off. The last factor takes the recovery codes along, and stays (`conflict`) while an organization demands one. */
  disableTotp(userId: string, by: Actor, code: string): Promise<TypedFactor> {
    const { changes, recoveryCodes } = this.#tools;
    return changes.ofPerson(userId, by, async (prisma) => {
      await lockPerson(prisma, userId);
      const proof = await this.#demandProof(prisma, userId, code);
      await prisma.mfaFactor.deleteMany({ where: { userId, kind: 'totp' } });
      if ((await countFactors(prisma, userId)) === 0) {
        await demandUndemanded(prisma, userId);
        await recoveryCodes.deleteAll(prisma, userId);
      }
      return { result: proof, change: changeOf(userId, by, 'user.mfa-disable') };
    });
  }

  /** Makes new recovery codes; the old ones end. */
  newRecoveryCodes(
    userId: string,
    by: Actor,
    code: string,
  ): Promise<{ readonly proof: TypedFactor; readonly codes: readonly string[] }> {
    const { changes, recoveryCodes } = this.#tools;
    return changes.ofPerson(userId, by, async (prisma) => {
      await lockPerson(prisma, userId);
      const proof = await this.#demandProof(prisma, userId, code);
      const codes = await recoveryCodes.replace(prisma, userId);
      return { result: { proof, codes }, change: changeOf(userId, by, 'user.recovery-codes') };
    });
  }

  async #demandProof(prisma: PrismaTransaction, userId: string, code: string): Promise<TypedFactor> {
    const proof = await this.#prove(prisma, userId, code);
    if (proof === undefined) {
      throw wrongCode();
    }
    return proof;
  }

  async #prove(prisma: PrismaTransaction, userId: string, code: string): Promise<TypedFactor | undefined> {
    if (!ONE_TIME_CODE.test(code)) {
      return (await this.#tools.recoveryCodes.use(prisma, userId, code)) ? 'recovery-code' : undefined;
    }
    return (await this.#useTotp(prisma, userId, code, { confirmedAt: { not: null } })) ? 'totp' : undefined;
  }

  /** Whether the code is right and later than any that was taken: the step is raised in one statement, so that of two at once one wins. */
  async #useTotp(
    prisma: PrismaTransaction,
    userId: string,
    code: string,
    which: { readonly confirmedAt?: { readonly not: null } } = {},
  ): Promise<boolean> {
    const { box, now } = this.#tools;
    const factor = await prisma.mfaFactor.findFirst({ where: { userId, kind: 'totp', ...which } });
    if (factor?.secret == null) {
      return false;
    }
    const { id } = factor;
    const nowMs = now();
    const step = stepOfCode(box.open(factor.secret, id), code, nowMs);
    if (step === undefined) {
      return false;
    }
    const { count } = await prisma.mfaFactor.updateMany({
      where: { id, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
      data: { lastStep: step, lastUsedAt: new Date(nowMs) },
    });
    return count === 1;
  }
}

async function demandNoTotp(prisma: PrismaTransaction, userId: string): Promise<void> {
  if ((await prisma.mfaFactor.count({ where: { userId, kind: 'totp', confirmedAt: { not: null } } })) > 0) {
    throw new AegisError('already-exists', { detail: 'One-time codes are on already: turn them off first.' });
  }
}

function wrongCode(): AegisError {
  return new AegisError('invalid-credentials', { detail: 'The code is wrong or was used before.' });
}

function changeOf(userId: string, by: Actor, action: Change['action']): Change {
  return { action, target: { kind: 'user', id: userId, name: by.name } };
}
