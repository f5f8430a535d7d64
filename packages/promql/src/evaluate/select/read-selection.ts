import type { LabelMatcher } from '@aegisguard/model';
import type { Evaluation, SelectedSeries } from '../evaluation.ts';

/** Reads the samples of (startMs, endMs] of the matching series, in order of their labels, in the time that the query has left. */
export async function readSelection(
  { reader, orgId, bounds, cost, turns }: Evaluation,
  matchers: readonly LabelMatcher[],
  startMs: number,
  endMs: number,
): Promise<SelectedSeries> {
  const left = { ...bounds, timeoutMs: turns.leftMs };
  const { series, stats } = await reader.readSamples(orgId, { matchers, startMs, endMs }, left);
  cost.add(stats);
  return series;
}
