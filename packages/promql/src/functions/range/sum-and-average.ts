import { CompensatedNumber, lostInAddition } from '../../histograms/compensated-number.ts';

/** The sum of values[first] to before values[end]. */
export function sumOf(values: Float64Array, first: number, end: number): number {
  let sum = 0;
  let lost = 0;
  for (let at = first; at < end; at += 1) {
    const value = values[at] ?? Number.NaN;
    const total = sum + value;
    lost += lostInAddition(sum, value, total);
    sum = total;
  }
  // What an infinity says about its error is NaN; once there is one no sum is finite again.
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** The mean of values[first] to before values[end]: their sum divided, unless that exceeds what a float holds. */
export function averageOf(values: Float64Array, first: number, end: number): number {
  let sum = 0;
  let lost = 0;
  for (let at = first; at < end; at += 1) {
    const value = values[at] ?? Number.NaN;
    const total = sum + value;
    lost += lostInAddition(sum, value, total);
    sum = total;
  }
  return Number.isFinite(sum) ? sum / (end - first) + lost / (end - first) : carriedMean(values, first, end);
}

/** The mean of values whose sum exceeds what a float holds: from there on the mean is carried along. */
function carriedMean(values: Float64Array, first: number, end: number): number {
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
