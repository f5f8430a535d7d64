import type { MatrixSelector } from '../../syntax/ast/matrix-selector.ts';
import type { Evaluation } from '../evaluation.ts';
import { LiveSeries } from '../live-series.ts';
import { referenceTimes } from '../reference-times.ts';
import { resolveRange } from '../resolve-duration.ts';
import type { Value } from '../value.ts';
import { readSelection } from './read-selection.ts';

/** A range selector: samples, of which each point has a window. `anchored` and `smoothed` windows also want what lies within the lookback before them, and after. */
export async function selectRange(
  evaluation: Evaluation,
  { selector, range }: MatrixSelector,
  pointsMs: Float64Array,
): Promise<Value> {
  const { lookbackMs, window } = evaluation;
  const rangeMs = resolveRange(range, window);
  const windowEndsMs = referenceTimes(evaluation, selector, pointsMs);
  const { extension } = selector;
  const startMs = (windowEndsMs[0] ?? 0) - rangeMs - (extension === undefined ? 0 : lookbackMs);
  const endMs = (windowEndsMs.at(-1) ?? 0) + (extension === 'smoothed' ? lookbackMs : 0);
  const selected = await readSelection(evaluation, selector.matchers, startMs, endMs);
  return { type: 'matrix', series: new LiveSeries(selected), windowEndsMs, rangeMs, extension };
}
