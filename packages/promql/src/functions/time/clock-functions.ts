// https://prometheus.io/docs/prometheus/latest/querying/functions/#time and #timestamp
import type { Implementations } from '../function-implementation.ts';

const MS_PER_SECOND = 1000;

/** When a point is evaluated. `timestamp` of a selector is about its samples' own times, which the evaluation of the call knows; of anything else nobody knows since when it counts. */
export const CLOCK_FUNCTIONS = {
  time: {
    kind: 'whole',
    evaluate: ({ pointsMs }) => ({ type: 'scalar', values: pointsMs.map((pointMs) => pointMs / MS_PER_SECOND) }),
  },
  timestamp: {
    kind: 'sample',
    evaluate: (_sample, point, { pointsMs }) => (pointsMs[point] ?? Number.NaN) / MS_PER_SECOND,
  },
  start_timestamp: { kind: 'sample', evaluate: () => undefined },
} as const satisfies Implementations;
