import { setTimeout as delay } from 'node:timers/promises';
import { AegisError } from '@aegisguard/model';

/** How often, with pauses of 100 ms that double: 6 s, within the lease of a batch. */
const ATTEMPTS = 7;
const PAUSE_MS = 100;

/** Calls again and again while what is called is `unavailable`; throws that in the end, and whatever else goes wrong at once. */
export async function tryWhileUnavailable<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof AegisError && error.code === 'unavailable')) {
        throw error;
      }
      await delay(PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}
