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
  readonly isSmoothed: boolean;
}

const NONE: FloatColumns = { timestampsMs: new Float64Array(), values: new Float64Array() };

/** Of samples in and around a window those in it, and one on each of its edges: anchored the nearest before, smoothed what lies on the line between the neighbours. Nothing when no sample is later than the start. */
export function extendedFloats(floats: FloatColumns, window: ExtendedWindow): FloatColumns {
  const { startMs, endMs } = window;
  const { timestampsMs, values } = floats;
  if ((timestampsMs.at(-1) ?? Number.NEGATIVE_INFINITY) <= startMs) {
    return NONE;
  }
  const isInner = (index: number): boolean =>
    (timestampsMs[index] ?? 0) > startMs && (timestampsMs[index] ?? 0) < endMs;
  const inner = [...timestampsMs.keys()].filter(isInner);
  return {
    timestampsMs: Float64Array.of(startMs, ...inner.map((index) => timestampsMs[index] ?? 0), endMs),
    values: Float64Array.of(
      leftEdge(floats, window),
      ...inner.map((index) => values[index] ?? 0),
      rightEdge(floats, window),
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
