// Times since which counters count, kept with each sample: https://prometheus.io/docs/prometheus/latest/feature_flags/#start-timestamps

/** Whether the counter began anew between two samples of a series, by their start times. All are unix ms; 0 when not known. A start at the sample's own time says nothing. */
export function isStartReset(
  previousStartMs: number,
  previousMs: number,
  startMs: number,
  timestampMs: number,
): boolean {
  if (startMs === 0 || startMs >= timestampMs || startMs < previousMs) {
    return false;
  }
  if (startMs > previousMs) {
    return true;
  }
  // It begins where the previous sample is: an increment, unless the previous one's start was not known.
  return previousStartMs !== 0 && previousStartMs < previousMs;
}

/** Whether a sample counts from within what the previous one has counted. */
export function startOverlaps(previousStartMs: number, previousMs: number, startMs: number): boolean {
  return startMs !== 0 && startMs < previousMs && startMs !== previousStartMs;
}
