import { setImmediate } from 'node:timers/promises';
import { AegisError } from '@aegisguard/model';

/** UTF-16 units of an answer; one is in memory whole before it is sent. */
const ANSWER_LENGTH_MAX = 64 * 1024 ** 2;
/** The event loop is let go at least this often. */
const TURN_MS = 15;

/** A JSON array written element by element, with turns for others in between: a large one takes seconds. Throws `query-too-large` when it would be larger than an answer may be. */
export async function arrayJson<Item>(items: readonly Item[], write: (item: Item) => string): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  let turnEndMs = performance.now() + TURN_MS;
  for (const item of items) {
    const piece = write(item);
    length += piece.length;
    if (length > ANSWER_LENGTH_MAX) {
      throw new AegisError('query-too-large', {
        detail: `The answer is larger than ${ANSWER_LENGTH_MAX / 1024 ** 2} MiB; select fewer series, a shorter time or a longer step.`,
      });
    }
    pieces.push(piece);
    if (performance.now() >= turnEndMs) {
      await setImmediate();
      turnEndMs = performance.now() + TURN_MS;
    }
  }
  return `[${pieces.join(',')}]`;
}
