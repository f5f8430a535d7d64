// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time

import { CompensatedNumber } from '../../histograms/compensated-number.ts';
import { scalarOf } from '../call-arguments.ts';
import type { Implementations, Window } from '../function-implementation.ts';
import { quantileOf } from '../quantile-of.ts';
import { ofFloats } from './float-window-function.ts';
import { floatsIn, informIgnoredHistograms, warnUnlessQuantile } from './window-annotations.ts';

function valuesIn({ series, first, end }: Window): Float64Array {
  return series.values.slice(first, end);
}

/** The population's variance, by Welford's method: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm */
function varianceIn({ series: { values }, first, end }: Window): number {
  const mean = new CompensatedNumber();
  const squares = new CompensatedNumber();
  for (let at = first; at < end; at += 1) {
    const value = values[at] ?? Number.NaN;
    const difference = value - mean.value;
    mean.add(difference / (at - first + 1));
    squares.add(difference * (value - mean.value));
  }
  return squares.value / (end - first);
}

/** NaN where one of the values is: among them there is no middle. */
function medianDeviationIn(window: Window): number {
  const values = valuesIn(window);
  const median = quantileOf(values, 0.5);
  // Sorted, NaN is last.
  if (Number.isNaN(values.at(-1))) {
    return Number.NaN;
  }
  for (let at = 0; at < values.length; at += 1) {
    values[at] = Math.abs((values[at] ?? 0) - median);
  }
  return quantileOf(values, 0.5);
}

/** How the floats of a window are spread. */
export const DISTRIBUTION_OVER_TIME = {
  stdvar_over_time: ofFloats(1, varianceIn),
  stddev_over_time: ofFloats(1, (window) => Math.sqrt(varianceIn(window))),
  mad_over_time: ofFloats(1, medianDeviationIn),
  quantile_over_time: {
    kind: 'range',
    evaluate(window, context) {
      if (floatsIn(window) === 0) {
        return undefined;
      }
      const quantile = scalarOf(context, 0, window.point);
      warnUnlessQuantile(quantile, context);
      informIgnoredHistograms(window, context);
      return quantileOf(valuesIn(window), quantile);
    },
  },
} as const satisfies Implementations;
