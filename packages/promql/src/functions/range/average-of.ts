import { CompensatedSum } from '../compensated-sum.ts';

/** The mean of values[first] to before values[end]: their sum divided, unless that exceeds what a float holds; from there on the mean is carried along. */
export function averageOf(values: Float64Array, first: number, end: number): number {
  const sum = new CompensatedSum();
  for (let at = first; at < end; at += 1) {
    const { sum: sumBefore, compensation: compensationBefore } = sum;
    sum.add(values[at] ?? Number.NaN);
    if (at > first && Math.abs(sum.sum) === Number.POSITIVE_INFINITY) {
      const mean = new CompensatedSum();
      mean.sum = sumBefore / (at - first);
      mean.compensation = compensationBefore / (at - first);
      return carryMean(mean, at - first, values.subarray(at, end));
    }
  }
  return sum.sum / (end - first) + sum.compensation / (end - first);
}

/** The mean of so many values, of which the mean is given, and of further ones. */
function carryMean(mean: CompensatedSum, count: number, further: Float64Array): number {
  let seen = count;
  for (const value of further) {
    mean.scale(seen / (seen + 1));
    seen += 1;
    mean.add(value / seen);
  }
  return mean.total;
}
