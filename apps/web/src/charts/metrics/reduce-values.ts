/** One number of a series. */
export type Reduction = 'last' | 'min' | 'max' | 'avg' | 'sum';

/** How reductions are called. */
export const REDUCTION_WORDS: Readonly<Record<Reduction, string>> = {
  last: 'Last',
  min: 'Min',
  max: 'Max',
  avg: 'Average',
  sum: 'Sum',
};

/** Makes one number of a series' values; null when it has none. Gaps and NaN do not count. */
export function reduceValues(values: readonly (number | null)[], by: Reduction): number | null {
  let count = 0;
  let result = 0;
  for (const value of values) {
    if (value === null || Number.isNaN(value)) {
      continue;
    }
    count += 1;
    if (count === 1 || by === 'last') {
      result = value;
    } else if (by === 'min') {
      result = Math.min(result, value);
    } else if (by === 'max') {
      result = Math.max(result, value);
    } else {
      result += value;
    }
  }
  if (count === 0) {
    return null;
  }
  return by === 'avg' ? result / count : result;
}
