import { untilAborted } from '../until-aborted.ts';

/** Lets callers have their turn one after the other. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for those who came before; resolves with what ends the turn. Rejects with the signal's reason when that fires first: then the turn is passed over. */
  async take(signal: AbortSignal): Promise<() => void> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = before.then(() => ended);
    try {
      await untilAborted(before, signal);
    } catch (error) {
      end();
      throw error;
    }
    return end;
  }
}
