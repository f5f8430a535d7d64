// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
import { metricName } from '../../evaluate/label-order.ts';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { HistogramSum } from '../../histograms/histogram-sum.ts';
import { argumentOf } from '../call-arguments.ts';
import type {
  CallContext,
  FunctionImplementation,
  Implementations,
  PointResult,
  Window,
} from '../function-implementation.ts';
import { averageOf, sumOf } from './sum-and-average.ts';
import { floatsIn, histogramsIn } from './window-annotations.ts';

/** A function of the floats or of the histograms of a window, not of both. */
function ofOneKind(
  result: 'sum' | 'mean',
  ofFloats: (values: Float64Array, first: number, end: number) => number,
): FunctionImplementation {
  return {
    kind: 'range',
    evaluate(window, context) {
      const hasFloats = floatsIn(window) > 0;
      if (histogramsIn(window) === 0) {
        return hasFloats ? ofFloats(window.series.values, window.first, window.end) : undefined;
      }
      if (hasFloats) {
        const metric = metricName(window.series.labels);
        context.annotations.warn(HISTOGRAM_MESSAGES.mixedWithFloats(metric), argumentOf(context, 0).source);
        return undefined;
      }
      return addUp(window, result, context);
    },
  };
}

/** The sum or mean of a window of histograms, of which it has at least one. */
function addUp(
  { series, firstHistogram, endHistogram }: Window,
  result: 'sum' | 'mean',
  context: CallContext,
): PointResult {
  const [first, ...others] = series.histograms.slice(firstHistogram, endHistogram);
  const { source } = argumentOf(context, 0);
  const sum = first && new HistogramSum(first.histogram, result);
  for (const { histogram } of others) {
    if (!sum?.add(histogram)) {
      context.annotations.warn(HISTOGRAM_MESSAGES.mixedSchemas(metricName(series.labels)), source);
      return undefined;
    }
  }
  if (sum?.isResetConflict) {
    context.annotations.warn(HISTOGRAM_MESSAGES.resetConflict('aggregation'), source);
  }
  if (sum?.areBoundsReconciled) {
    context.annotations.inform(HISTOGRAM_MESSAGES.boundsReconciled('aggregation'), source);
  }
  return sum?.value();
}

/** The sum and the mean of a window. */
export const SUMS_OVER_TIME = {
  avg_over_time: ofOneKind('mean', averageOf),
  sum_over_time: ofOneKind('sum', sumOf),
} as const satisfies Implementations;
