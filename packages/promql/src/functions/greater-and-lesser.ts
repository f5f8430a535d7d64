// As Go's math.Max and math.Min, which let an infinity win over NaN: https://pkg.go.dev/math#Max

/** The greater of two numbers. */
export function greaterOf(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(a, b);
}

/** The lesser of two numbers. */
export function lesserOf(a: number, b: number): number {
  return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(a, b);
}
