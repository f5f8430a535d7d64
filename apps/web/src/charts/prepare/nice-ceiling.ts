/** The smallest of 1, 2, 2.5, 5 × 10ⁿ that is not below `value`, and at least 1: a round upper end for an axis of counts. */
export function niceCeiling(value: number): number {
  if (value <= 1) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= value) ?? 10;
  return step * power < 10 ? Math.ceil(step * power) : step * power;
}
