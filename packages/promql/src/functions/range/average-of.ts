import { CompensatedNumber } from '../../histograms/compensated-number.ts';

/** The mean of values[first] to before values[end]: their sum divided, unless that exceeds what a float holds; from there on the mean is carried along. */
export function averageOf(values: Float64Array, first: number, end: number): number {
  const sum = new CompensatedNumber();
  for (let at = first; at < end; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (at > first && Math.abs(sum.rough + value) === Number.POSITIVE_INFINITY) {
      sum.divide(at - first);
      return carryMean(sum, at - first, values.subarray(at, end));
    }
    sum.add(value);
  }
  sum.divide(end - first);
  return sum.value;
}

/** The mean of so many values, of which the mean is given, and of further ones. */
function carryMean(mean: CompensatedNumber, count: number, further: Float64Array): number {
  let seen = count;
  for (const value of further) {
    mean.scale(seen / (seen + 1));
    seen += 1;
    mean.add(value / seen);
  }
  return mean.value;
}
