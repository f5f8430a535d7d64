// https://prometheus.io/docs/specs/native_histograms/#interpolation-within-a-bucket

/** Which part of a bucket's observations is taken to lie below a value within it: spread evenly, or evenly on a logarithmic scale, where neither end is 0. */
export function shareBelow(value: number, lower: number, upper: number, isLinear: boolean): number {
  if (isLinear) {
    return (value - lower) / (upper - lower);
  }
  const [low, high, at] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper)), Math.log2(Math.abs(value))];
  return lower > 0 ? (at - low) / (high - low) : 1 - (at - high) / (low - high);
}
