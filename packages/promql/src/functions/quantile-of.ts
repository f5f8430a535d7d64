/** The φ-quantile of values, which it sorts with NaN last: between two of them in proportion, NaN counting as less than every number. */
export function quantileOf(values: Float64Array, quantile: number): number {
  if (values.length === 0 || Number.isNaN(quantile)) {
    return Number.NaN;
  }
  if (quantile < 0 || quantile > 1) {
    return quantile < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  values.sort();
  // Typed arrays have their NaNs behind all others.
  let numbers = values.length;
  while (numbers > 0 && Number.isNaN(values[numbers - 1])) {
    numbers -= 1;
  }
  const nans = values.length - numbers;
  const at = (index: number): number => (index < nans ? Number.NaN : (values[index - nans] ?? Number.NaN));
  const rank = quantile * (values.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - lower;
  return at(lower) * (1 - weight) + at(upper) * weight;
}
