// https://prometheus.io/docs/prometheus/latest/querying/functions/#time, #timestamp and #start
import type { QueryWindow } from '../../evaluate/time-grid.ts';
import type { FunctionImplementation, Implementations } from '../function-implementation.ts';

const MS_PER_SECOND = 1000;

/** The same at every point, in seconds: something about the query as a whole. */
function ofQuery(timeMs: (query: QueryWindow) => number): FunctionImplementation {
  return {
    kind: 'whole',
    evaluate: ({ pointsMs, query }) => ({
      type: 'scalar',
      values: new Float64Array(pointsMs.length).fill(timeMs(query) / MS_PER_SECOND),
    }),
  };
}

/** When a point, and the query, is evaluated. `timestamp` of a selector is about its samples' own times, which the evaluation of the call knows; of anything else nobody knows since when it counts. */
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
  start: ofQuery(({ startMs }) => startMs),
  end: ofQuery(({ endMs }) => endMs),
  range: ofQuery(({ startMs, endMs }) => endMs - startMs),
  step: ofQuery(({ stepMs }) => stepMs),
} as const satisfies Implementations;
