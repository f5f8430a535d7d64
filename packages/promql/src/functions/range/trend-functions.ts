// https://prometheus.io/docs/prometheus/latest/querying/functions/#deriv, #predict_linear and #double_exponential_smoothing
import { scalarOf } from '../call-arguments.ts';
import { evaluationError } from '../evaluation-error.ts';
import { formatFixed } from '../format-fixed.ts';
import type { Implementations, Window } from '../function-implementation.ts';
import { ofFloats } from './float-window-function.ts';
import { linearRegression } from './linear-regression.ts';
import { floatsIn, histogramsIn, informIgnoredHistograms } from './window-annotations.ts';

function checkFactor(name: string, symbol: string, factor: number): void {
  if (factor <= 0 || factor >= 1) {
    throw evaluationError(`invalid ${name} factor. Expected: 0 < ${symbol} < 1, got: ${formatFixed(factor)}`);
  }
}

/** Holt's linear method over at least two floats: https://www.itl.nist.gov/div898/handbook/pmc/section4/pmc433.htm */
function smooth({ series: { values }, first, end }: Window, smoothing: number, trending: number): number {
  let level = values[first] ?? Number.NaN;
  let trend = (values[first + 1] ?? Number.NaN) - level;
  let before = Number.NaN;
  for (let at = first + 1; at < end; at += 1) {
    if (at > first + 1) {
      trend = trending * (level - before) + (1 - trending) * trend;
    }
    before = level;
    level = smoothing * (values[at] ?? Number.NaN) + (1 - smoothing) * (level + trend);
  }
  return level;
}

/** Where the floats of a window tend to. */
export const TREND_FUNCTIONS = {
  deriv: ofFloats(2, (window) => linearRegression(window, window.series.timestampsMs[window.first] ?? 0).slope),
  predict_linear: ofFloats(2, (window, context) => {
    const { slope, intercept } = linearRegression(window, context.pointsMs[window.point] ?? 0);
    return slope * scalarOf(context, 1, window.point) + intercept;
  }),
  double_exponential_smoothing: {
    kind: 'range',
    evaluate(window, context) {
      if (floatsIn(window) + histogramsIn(window) === 0) {
        return undefined;
      }
      const smoothing = scalarOf(context, 1, window.point);
      const trending = scalarOf(context, 2, window.point);
      checkFactor('smoothing', 'sf', smoothing);
      checkFactor('trend', 'tf', trending);
      informIgnoredHistograms(window, context);
      return floatsIn(window) < 2 ? undefined : smooth(window, smoothing, trending);
    },
  },
} as const satisfies Implementations;
