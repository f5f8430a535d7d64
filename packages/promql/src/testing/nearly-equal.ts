const TOLERANCE = 1e-6;
const SMALLEST_NORMAL = 2.2e-308;

/** Whether floats are equal as Prometheus's scripts mean it: up to a millionth of their size; NaN equals NaN. */
export function nearlyEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b) || a === b) {
    return a === b || (Number.isNaN(a) && Number.isNaN(b));
  }
  const size = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || size < SMALLEST_NORMAL) {
    return difference < TOLERANCE * SMALLEST_NORMAL;
  }
  return difference / Math.min(size, Number.MAX_VALUE) < TOLERANCE;
}
