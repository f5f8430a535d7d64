/** The lesser of two whole numbers. */
export function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The greater of two whole numbers. */
export function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
