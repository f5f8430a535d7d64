// https://en.wikipedia.org/wiki/Simple_linear_regression
import { CompensatedNumber } from '../../histograms/compensated-number.ts';
import type { Window } from '../function-implementation.ts';

const MS_PER_SECOND = 1000;

/** A line through samples: per second, and at the time it was asked for. */
export interface RegressionLine {
  readonly slope: number;
  readonly intercept: number;
}

function isConstant(values: Float64Array, first: number, end: number): boolean {
  for (let at = first + 1; at < end; at += 1) {
    if (values[at] !== values[first]) {
      return false;
    }
  }
  return true;
}

/** The line of least squares through the floats of a window, of which it has at least one. */
export function linearRegression({ series, first, end }: Window, interceptMs: number): RegressionLine {
  const { timestampsMs, values } = series;
  if (isConstant(values, first, end)) {
    // What does not change has no slope, to the last digit.
    const value = values[first] ?? Number.NaN;
    return Number.isFinite(value) || Number.isNaN(value)
      ? { slope: 0, intercept: value }
      : { slope: Number.NaN, intercept: Number.NaN };
  }
  const [sumX, sumY] = [new CompensatedNumber(), new CompensatedNumber()];
  const [sumXY, sumX2] = [new CompensatedNumber(), new CompensatedNumber()];
  for (let at = first; at < end; at += 1) {
    const x = ((timestampsMs[at] ?? 0) - interceptMs) / MS_PER_SECOND;
    const y = values[at] ?? Number.NaN;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumX2.add(x * x);
  }
  const count = end - first;
  const covariance = sumXY.value - (sumX.value * sumY.value) / count;
  const variance = sumX2.value - (sumX.value * sumX.value) / count;
  const slope = covariance / variance;
  return { slope, intercept: sumY.value / count - (slope * sumX.value) / count };
}
