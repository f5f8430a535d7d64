import type { PrismaTransaction } from '../database.ts';
import { newId } from '../new-id.ts';
import { newRecoveryCode, RECOVERY_CODES, type RecoveryCodeHash } from './recovery-code.ts';

/** A person's recovery codes, inside the caller's transaction. */
export class RecoveryCodes {
  readonly #hash: RecoveryCodeHash;
  readonly #now: () => number;

  constructor(hash: RecoveryCodeHash, now: () => number) {
    this.#hash = hash;
    this.#now = now;
  }

  /** Makes new codes in the place of all earlier ones. */
  async replace(prisma: PrismaTransaction, userId: string): Promise<readonly string[]> {
    const nowMs = this.#now();
    const codes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode());
    await this.deleteAll(prisma, userId);
    await prisma.recoveryCode.createMany({
      data: codes.map((code) => ({
        id: newId(nowMs),
        userId,
        codeHash: this.#hash.of(userId, code),
        createdAt: new Date(nowMs),
      })),
    });
    return codes;
  }

  /** Uses a code up; false for one that is wrong or was used before. Of two at once one wins. */
  async use(prisma: PrismaTransaction, userId: string, code: string): Promise<boolean> {
    const { count } = await prisma.recoveryCode.updateMany({
      where: { userId, codeHash: this.#hash.of(userId, code), usedAt: null },
      data: { usedAt: new Date(this.#now()) },
    });
    return count === 1;
  }

  async deleteAll(prisma: PrismaTransaction, userId: string): Promise<void> {
    await prisma.recoveryCode.deleteMany({ where: { userId } });
  }
}
