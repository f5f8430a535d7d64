import type { LabelMatcher } from '@aegisguard/model';
import type { Evaluation, SelectedSeries } from '../evaluation.ts';

/** Reads the samples of (startMs, endMs] of the matching series, in order of their labels. */
export async function readSelection(
  { reader, orgId, bounds, cost }: Evaluation,
  matchers: readonly LabelMatcher[],
  startMs: number,
  endMs: number,
): Promise<SelectedSeries> {
  const { series, stats } = await reader.readSamples(orgId, { matchers, startMs, endMs }, bounds);
  cost.add(stats);
  return series;
}
