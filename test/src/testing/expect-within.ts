import { expect } from 'vitest';

/** How old at most what a process remembers of keys, sessions and people may be. */
export const REMEMBERED_MS_MAX = 5000;

/**
 * Asks until it is answered so, and demands that whatever was asked later than `ms` from now was. That is the promise, and it does not depend on the speed of the machine: an answer may take its time, but must not be of what was before.
 */
export async function expectWithin<Answer>(ms: number, ask: () => Promise<Answer>, answer: Answer): Promise<void> {
  const changedMs = performance.now();
  let stillMs = 0;
  const asked = async () => {
    const askedMs = performance.now() - changedMs;
    const answered = await ask();
    stillMs = answered === answer ? stillMs : askedMs;
    return answered;
  };
  await expect.poll(asked, { interval: 100 }).toBe(answer);
  expect(stillMs, 'ms after the change when something was still answered as before').toBeLessThan(ms);
}
