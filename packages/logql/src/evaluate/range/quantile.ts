/** The φ-quantile of values in ascending order, NaN first; between two of them in proportion. */
export function quantileOf(phi: number, ascending: Float64Array): number {
  if (ascending.length === 0 || Number.isNaN(phi)) {
    return Number.NaN;
  }
  if (phi < 0) {
    return Number.NEGATIVE_INFINITY;
  }
  if (phi > 1) {
    return Number.POSITIVE_INFINITY;
  }
  const rank = phi * (ascending.length - 1);
  const lower = Math.floor(rank);
  const weight = rank - lower;
  const below = ascending[lower] ?? 0;
  const above = ascending[Math.min(lower + 1, ascending.length - 1)] ?? 0;
  return below * (1 - weight) + above * weight;
}

/** Values in ascending order, NaN first. */
export function ascending(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  let numbers = sorted.length;
  while (numbers > 0 && Number.isNaN(sorted[numbers - 1])) {
    numbers -= 1;
  }
  const ordered = new Float64Array(sorted.length).fill(Number.NaN);
  ordered.set(sorted.subarray(0, numbers), sorted.length - numbers);
  return ordered;
}
