// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
import type { Implementations, Window } from '../function-implementation.ts';
import { floatsIn, histogramsIn } from './window-annotations.ts';
import { atWindowEdges } from './window-edges-function.ts';

function samplesIn(window: Window): number {
  return floatsIn(window) + histogramsIn(window);
}

/** How many samples of any kind a window has, and whether it has any. */
export const COUNTS_OVER_TIME = {
  count_over_time: {
    kind: 'range',
    evaluate: (window) => samplesIn(window) || undefined,
    seriesEvaluator: atWindowEdges(1, (_, from, to) => to - from),
  },
  present_over_time: {
    kind: 'range',
    evaluate: (window) => (samplesIn(window) > 0 ? 1 : undefined),
    seriesEvaluator: atWindowEdges(1, () => 1),
  },
} as const satisfies Implementations;
