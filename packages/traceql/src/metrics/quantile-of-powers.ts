/** How many values lie above half of a power of two, and not above it. */
interface PowerCount {
  readonly power: number;
  readonly count: number;
}

/**
 * The value below which a part of the values lies, as far as counts by powers of two tell: within a bucket the values are taken to be spread evenly on the logarithmic scale. NaN where there are none. `powers` ascend.
 * https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/
 */
export function quantileOfPowers(quantile: number, powers: readonly PowerCount[]): number {
  const total = powers.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    return Number.NaN;
  }
  const wanted = Math.min(Math.max(quantile, 0), 1) * total;
  let below = 0;
  let greatest = Number.NaN;
  for (const { power, count } of powers) {
    if (count > 0) {
      greatest = power;
      if (below + count >= wanted) {
        return power * 2 ** ((wanted - below) / count - 1);
      }
      below += count;
    }
  }
  return greatest;
}
