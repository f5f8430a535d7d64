import type { ChartOptions } from './chart-options.ts';

/** The threshold that a value has reached; undefined below all. */
export function thresholdOf(
  value: number | null,
  thresholds: ChartOptions['thresholds'],
): ChartOptions['thresholds'][number] | undefined {
  if (value === null || Number.isNaN(value)) {
    return undefined;
  }
  return thresholds
    .toSorted((a, b) => (a.value ?? Number.NEGATIVE_INFINITY) - (b.value ?? Number.NEGATIVE_INFINITY))
    .findLast((each) => value >= (each.value ?? Number.NEGATIVE_INFINITY));
}
