import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { TaskGate } from './task-gate.ts';

/**
 * Argon2id (the library's default) with the OWASP Password Storage Cheat Sheet's first choice for interactive logins: 19 MiB, two passes, one lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** How a hash of this cost begins: https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
const PRESENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/**
 * Of the threads that Node shares among hashing, compression, file writes and DNS (the launcher gives the server 16, Node by itself has four): a burst of logins must leave
 * the queue's fsync its own, and the other requests a processor.
 */
const RUNNING_MAX = 2;
/** At ~20 ms each and two at a time, the last of them waits for less than a second. */
const WAITING_MAX = 64;

/** Hashes and checks passwords, off the event loop and a few at a time. */
export class Passwords {
  readonly #gate = new TaskGate(RUNNING_MAX, WAITING_MAX);
  #decoy: Promise<string> | undefined;

  /** A PHC string with a fresh salt. */
  hash(password: string): Promise<string> {
    return this.#gate.run(() => hash(normalize(password), COST));
  }

  /**
   * Whether the password is the hashed one. Without a hash (nobody of that name) a decoy is checked instead and the answer is false, so that the time taken does not
   * tell who exists.
   */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const decoy = await this.#decoyHash();
    const matches = await this.#gate.run(() => verify(passwordHash ?? decoy, normalize(password)));
    return matches && passwordHash !== undefined;
  }

  /** Whether a hash was made at another cost than today's, or in another way. */
  needsRehash(passwordHash: string): boolean {
    return !passwordHash.startsWith(PRESENT);
  }

  /** Made once, at the first check of any kind; a failure to make it is not remembered. */
  #decoyHash(): Promise<string> {
    this.#decoy ??= this.hash(randomBytes(24).toString('base64')).catch((error: unknown) => {
      this.#decoy = undefined;
      throw error;
    });
    return this.#decoy;
  }
}

/** The same characters typed on another keyboard must be the same bytes (NIST SP 800-63B-4 §3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
