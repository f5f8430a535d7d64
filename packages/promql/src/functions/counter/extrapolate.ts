// https://prometheus.io/docs/prometheus/latest/querying/functions/#rate

/** A window's first or last sample is near its edge when it is no further away than the samples' mean distance and a tenth. */
const NEAR = 1.1;

/** What is known of a window's samples; all times in seconds. */
export interface SampledWindow {
  /** From the first sample, or from when the counter is known to have begun, to the last. */
  sampled: number;
  /** Mean distance of the samples; 0 for a single one. */
  mean: number;
  toStart: number;
  toEnd: number;
}

/** By how much the increase between samples is multiplied to stand for the whole window: up to its edges where samples are near them, half a mean distance further where not, and never to before `zeroDistance`, where the counter was 0. */
export function extrapolationFactor(
  { sampled, mean, toStart, toEnd }: Readonly<SampledWindow>,
  zeroDistance: number,
): number {
  if (sampled === 0) {
    return 1;
  }
  const before = Math.min(distanceToEdge(toStart, mean), zeroDistance);
  return (sampled + before + distanceToEdge(toEnd, mean)) / sampled;
}

/** How far beyond a sample the increase is taken to go on, of what is left to the window's edge. */
export function distanceToEdge(toEdge: number, mean: number): number {
  return toEdge >= mean * NEAR ? mean / 2 : toEdge;
}
