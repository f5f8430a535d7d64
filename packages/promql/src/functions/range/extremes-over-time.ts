// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
import type { Implementations, Window } from '../function-implementation.ts';
import { ofFloats } from './float-window-function.ts';

const MS_PER_SECOND = 1000;

/** Index of the window's sample that no other one exceeds in the order; a number exceeds NaN. */
function extremeIndex({ series: { values }, first, end }: Window, exceeds: (value: number, best: number) => boolean) {
  let index = first;
  let best = values[first] ?? Number.NaN;
  for (let at = first + 1; at < end; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (exceeds(value, best) || Number.isNaN(best)) {
      best = value;
      index = at;
    }
  }
  return index;
}

function extreme(exceeds: (value: number, best: number) => boolean) {
  return ofFloats(1, (window) => window.series.values[extremeIndex(window, exceeds)] ?? Number.NaN);
}

/** Of equal samples the order prefers the later one. */
function timeOfExtreme(exceeds: (value: number, best: number) => boolean) {
  return ofFloats(
    1,
    (window) => (window.series.timestampsMs[extremeIndex(window, exceeds)] ?? Number.NaN) / MS_PER_SECOND,
  );
}

/** The greatest and the least float of a window, and when it was last. */
export const EXTREMES_OVER_TIME = {
  max_over_time: extreme((value, best) => value > best),
  min_over_time: extreme((value, best) => value < best),
  ts_of_max_over_time: timeOfExtreme((value, best) => value >= best),
  ts_of_min_over_time: timeOfExtreme((value, best) => value <= best),
} as const satisfies Implementations;
