import { expect } from 'vitest';

/** What takes longer is felt as a jerk, and as if the page had stopped. */
const JERK_MS = 50;
const STOP_MS = 200;

/**
 * A list that jerks does so in every stretch: whenever rows are drawn, more of them come or garbage is collected. A machine that is busy for a moment makes some stretches slow, and the processor's own caches make that
 * processor time, too.
 */
export function expectNoJerks(longest: readonly number[], stretchesMin: number): void {
  const sorted = longest.toSorted((a, b) => a - b);
  expect(sorted.length).toBeGreaterThanOrEqual(stretchesMin);
  expect(sorted[Math.floor(sorted.length / 2)], `longest tasks of stretches: ${longest.join(', ')}`).toBeLessThan(
    JERK_MS,
  );
  expect(sorted.at(-1)).toBeLessThan(STOP_MS);
}
