import { expect, it } from 'vitest';
import { type FunnelPath, FunnelTally } from './funnel-tally.ts';
import { unixNanos } from './unix-nanos.ts';

const EVERYTHING = { kind: 'everything' } as const;
const QUERY = {
  steps: [EVERYTHING, EVERYTHING],
  start: unixNanos(0n),
  end: unixNanos(10n ** 12n),
  origin: unixNanos(0n),
  width: 10n ** 9n,
  listed: 2,
};
const STATS = { elapsedMs: 1, rowsRead: 2, bytesRead: 3 };

/** A trace that enters at a time, and passes the second step so much later. */
function pathOf(traceId: string, enteredAt: bigint, latency?: bigint, isError = false): FunnelPath {
  return {
    traceId,
    length: latency === undefined ? 1 : 2,
    startOf: (step) => (step === 0 ? enteredAt : enteredAt + (latency ?? 0n)),
    spanIdOf: (step) => `${traceId}${step}`,
    isErrorAt: () => isError,
  };
}

it('keeps the first of each list, whatever the order in which they come', () => {
  const paths = [
    pathOf('b', 5n, 30n),
    pathOf('a', 5n, 30n),
    pathOf('c', 7n, 20n, true),
    pathOf('e', 9n),
    pathOf('d', 9n),
    pathOf('f', 8n, undefined, true),
  ];
  for (const order of [paths, paths.toReversed()]) {
    const tally = new FunnelTally(QUERY);
    for (const path of order) {
      tally.add(path);
    }
    const { steps, slowest, latency, stats } = tally.funnel(STATS);
    const ids = (traces: readonly { readonly traceId: string }[] = []) => traces.map(({ traceId }) => traceId).join('');
    expect(steps.map(({ traces, errors }) => [traces, errors])).toEqual([
      [6, 2],
      [3, 1],
    ]);
    expect(steps.map((step) => ids(step.dropped))).toEqual(['de', '']);
    expect(steps.map((step) => ids(step.failed))).toEqual(['fc', 'c']);
    expect(ids(steps[1]?.slowest)).toBe('ab');
    expect(ids(slowest)).toBe('ab');
    expect(latency).toMatchObject({ average: 80 / 3, p50: 30, p90: 30 });
    expect(stats).toBe(STATS);
  }
});

it('puts traces into buckets that begin before the range', () => {
  const tally = new FunnelTally({ ...QUERY, start: unixNanos(1_500_000_000n) });
  tally.add(pathOf('a', 1_500_000_000n, 3n * 10n ** 9n));
  tally.add(pathOf('b', 1_999_999_999n));
  tally.add(pathOf('c', 2_000_000_000n));
  const { steps } = tally.funnel(STATS);
  expect(steps.map(({ buckets }) => [...buckets])).toEqual([
    [
      [1, 2],
      [2, 1],
    ],
    [[1, 1]],
  ]);
});

it('says when there are more traces than can be kept', () => {
  const tally = new FunnelTally({ ...QUERY, listed: 0 });
  const path = pathOf('a', 1n);
  for (let trace = 0; trace < 2_000_000; trace += 1) {
    tally.add(path);
  }
  expect(() => tally.throwIfFull()).not.toThrow();
  const tooLarge = expect.objectContaining({ code: 'query-too-large' });
  // Whoever adds stops at once.
  expect(() => tally.add(path)).toThrow(tooLarge);
  expect(() => tally.throwIfFull()).toThrow(tooLarge);
});

it('does its work while traces come, so that nobody waits for the end', () => {
  const steps = Array.from({ length: 8 }, () => EVERYTHING);
  const tally = new FunnelTally({ ...QUERY, steps, listed: 0 });
  const before = cpuMicros();
  for (let trace = 0; trace < 200_000; trace += 1) {
    const latency = BigInt((trace * 7_919) % 199_999);
    tally.add({ ...pathOf('a', 0n), length: 8, startOf: (step) => BigInt(step) * latency });
  }
  const added = cpuMicros();
  expect(tally.funnel(STATS).latency?.p50).toBeGreaterThan(0);
  expect(cpuMicros() - added).toBeLessThan((added - before) / 4);
});

/** Of this thread. User and system time are told apart by samples only: together they are exact. */
function cpuMicros(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
