import type { FrameSeries } from './frame.ts';

type Column = readonly (number | null)[];

function finite(value: number | null | undefined): number {
  return value === null || value === undefined || !Number.isFinite(value) ? 0 : value;
}

/** Heights of series that stand on each other, the first lowest. In per cent, of the sum at each time. Compared series do not stack. */
export function stackColumns(
  series: readonly FrameSeries[],
  length: number,
  stacking: 'none' | 'normal' | 'percent',
): readonly Column[] {
  if (stacking === 'none') {
    return series.map(({ values }) => values);
  }
  const sums = new Float64Array(length);
  for (const { values, isCompared = false } of series) {
    for (let index = 0; index < length && !isCompared; index++) {
      sums[index] = (sums[index] ?? 0) + Math.abs(finite(values[index]));
    }
  }
  const heights = new Float64Array(length);
  return series.map(({ values, isCompared = false }) => {
    if (isCompared) {
      return values;
    }
    return Array.from({ length }, (_, index) => {
      const sum = sums[index] ?? 0;
      const value = finite(values[index]);
      const part = stacking === 'normal' ? value : sum === 0 ? 0 : (value / sum) * 100;
      heights[index] = (heights[index] ?? 0) + part;
      // A gap of all series stays one.
      return sum === 0 && series.every((each) => each.values[index] === null) ? null : (heights[index] ?? 0);
    });
  });
}
