import { setImmediate } from 'node:timers/promises';
import { PatternMiner } from '@aegisguard/logql';
import type { SampledLine } from './sampled-lines.ts';

/** The event loop is let go at least this often. */
const TURN_MS = 15;

/** Finds the patterns of lines, with turns for others in between; `slotOf` says where a time is counted. */
export async function mineLines(
  lines: readonly SampledLine[],
  slots: number,
  slotOf: (timestamp: bigint) => number,
): Promise<PatternMiner> {
  const miner = new PatternMiner(slots);
  let turnEndMs = performance.now() + TURN_MS;
  for (const { timestamp, line, level } of lines) {
    miner.add(line, Math.min(Math.max(slotOf(timestamp), 0), slots - 1), level);
    if (performance.now() >= turnEndMs) {
      await setImmediate();
      turnEndMs = performance.now() + TURN_MS;
    }
  }
  return miner;
}
