// https://grafana.com/docs/loki/latest/query/metric_queries/#unwrapped-range-aggregations; extrapolation is that of Prometheus's rate().

/** A window's samples; times are nanoseconds, ascending. */
export interface CounterWindow {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly end: number;
  readonly rangeSeconds: number;
}

const NANOS_PER_SECOND = 1e9;

/** The rise of a counter per second, its resets made good, and extended to the window's edges where they are near; 0 for a single sample. */
export function counterRate({ times, values, end, rangeSeconds }: CounterWindow): number {
  const last = values.length - 1;
  if (last < 1) {
    return 0;
  }
  const first = values[0] ?? 0;
  const [firstTime, lastTime] = [times[0] ?? 0, times[last] ?? 0];
  const rise = riseOf(values);
  const sampled = (lastTime - firstTime) / NANOS_PER_SECOND;
  const between = sampled / last;
  const toEnd = (end - lastTime) / NANOS_PER_SECOND;
  let toStart = rangeSeconds - (end - firstTime) / NANOS_PER_SECOND;
  if (rise > 0 && first >= 0) {
    // A counter is never below 0.
    toStart = Math.min(toStart, sampled * (first / rise));
  }
  const isNear = (distance: number): boolean => distance < between * 1.1;
  const extended = sampled + (isNear(toStart) ? toStart : between / 2) + (isNear(toEnd) ? toEnd : between / 2);
  return (rise * (extended / sampled)) / rangeSeconds;
}

function riseOf(values: Float64Array): number {
  let rise = (values.at(-1) ?? 0) - (values[0] ?? 0);
  let before = 0;
  for (const value of values) {
    if (value < before) {
      rise += before;
    }
    before = value;
  }
  return rise;
}
