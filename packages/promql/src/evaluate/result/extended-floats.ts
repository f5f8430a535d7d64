// https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors

/** Samples in columns. */
export interface FloatColumns {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
}

/** The window of an anchored or smoothed range selector, [start, end]. */
export interface ExtendedWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly lookbackMs: number;
  readonly isSmoothed: boolean;
}

const NONE: FloatColumns = { timestampsMs: new Float64Array(), values: new Float64Array() };

/** The samples in a window and one on each of its edges: anchored the nearest before, smoothed what lies on the line between the neighbours. Nothing when no sample is later than the start. */
export function extendedFloats(floats: FloatColumns, window: ExtendedWindow): FloatColumns {
  const { startMs, endMs, lookbackMs, isSmoothed } = window;
  const untilMs = endMs + (isSmoothed ? lookbackMs : 0);
  const isNear = (timestampMs: number): boolean => timestampMs > startMs - lookbackMs && timestampMs <= untilMs;
  const times = floats.timestampsMs.filter(isNear);
  const values = floats.values.filter((_, index) => isNear(floats.timestampsMs[index] ?? 0));
  if (times.length === 0 || (times.at(-1) ?? 0) <= startMs) {
    return NONE;
  }
  const inner = times.map((_, index) => index).filter((index) => (times[index] ?? 0) > startMs && (times[index] ?? 0) < endMs);
  return {
    timestampsMs: Float64Array.of(startMs, ...inner.map((index) => times[index] ?? 0), endMs),
    values: Float64Array.of(
      leftEdge({ timestampsMs: times, values }, window),
      ...inner.map((index) => values[index] ?? 0),
      rightEdge({ timestampsMs: times, values }, window),
    ),
  };
}

function leftEdge({ timestampsMs, values }: FloatColumns, { startMs, isSmoothed }: ExtendedWindow): number {
  const after = timestampsMs.findIndex((timestampMs) => timestampMs > startMs);
  const before = Math.max(0, after - 1);
  return isSmoothed && (timestampsMs[before] ?? 0) < startMs
    ? between(timestampsMs, values, before, startMs)
    : (values[before] ?? 0);
}

function rightEdge({ timestampsMs, values }: FloatColumns, { endMs, isSmoothed }: ExtendedWindow): number {
  const last = timestampsMs.length - 1;
  const found = timestampsMs.findIndex((timestampMs) => timestampMs >= endMs);
  const after = isSmoothed && found !== -1 ? found : last;
  return isSmoothed && after > 0 && (timestampsMs[after] ?? 0) > endMs
    ? between(timestampsMs, values, after - 1, endMs)
    : (values[after] ?? 0);
}

function between(times: Float64Array, values: Float64Array, index: number, atMs: number): number {
  const [startMs, endMs] = [times[index] ?? 0, times[index + 1] ?? 0];
  const [start, end] = [values[index] ?? 0, values[index + 1] ?? 0];
  return start + ((end - start) * (atMs - startMs)) / (endMs - startMs);
}
