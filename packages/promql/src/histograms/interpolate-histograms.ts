import type { NativeHistogram } from '@aegisguard/model';
import type { HistogramAt } from '../evaluate/value.ts';
import { addHistograms, subtractHistograms } from './combine-histograms.ts';
import { detectsReset } from './detects-reset.ts';
import { scaleHistogram } from './scale-histogram.ts';

/** A histogram between two others, and by what their custom bounds were reconciled where these differ. */
export interface InterpolatedHistogram {
  readonly histogram: NativeHistogram;
  readonly reconciledBy: readonly ('subtraction' | 'addition')[];
}

/** What a histogram is at a time from one sample to the next, when every count moves on a straight line; a counter that began anew moves from nothing. Undefined when one is exponential and the other has custom bounds. */
export function interpolateHistograms(
  before: HistogramAt,
  after: HistogramAt,
  timeMs: number,
  isCounter: boolean,
): InterpolatedHistogram | undefined {
  if (timeMs === before.timestampMs || timeMs === after.timestampMs) {
    return { histogram: timeMs === before.timestampMs ? before.histogram : after.histogram, reconciledBy: [] };
  }
  const share = (timeMs - before.timestampMs) / (after.timestampMs - before.timestampMs);
  if (isCounter && detectsReset(after.histogram, before.histogram)) {
    return { histogram: scaleHistogram(after.histogram, share), reconciledBy: [] };
  }
  const change = subtractHistograms(after.histogram, before.histogram);
  const sum = change && addHistograms(scaleHistogram(change.histogram, share), before.histogram);
  return (
    sum && {
      histogram: sum.histogram,
      reconciledBy: [
        ...(change.areBoundsReconciled ? (['subtraction'] as const) : []),
        ...(sum.areBoundsReconciled ? (['addition'] as const) : []),
      ],
    }
  );
}
