// https://prometheus.io/docs/prometheus/latest/querying/functions/
import type { NativeHistogram } from '@aegisguard/model';
import { histogramVariance } from '../histograms/histogram-variance.ts';
import type { FunctionImplementation, Implementations } from './function-implementation.ts';
import { evaluateHistogramFraction } from './histogram/histogram-fraction.ts';
import { evaluateHistogramQuantile, evaluateHistogramQuantiles } from './histogram/histogram-quantiles.ts';

/** What histograms tell. */
export const HISTOGRAM_FUNCTIONS: Implementations = {
  histogram_avg: ofNative(({ sum, count }) => sum / count),
  histogram_count: ofNative(({ count }) => count),
  histogram_fraction: { kind: 'whole', evaluate: evaluateHistogramFraction },
  histogram_quantile: { kind: 'whole', evaluate: evaluateHistogramQuantile },
  histogram_quantiles: { kind: 'whole', evaluate: evaluateHistogramQuantiles },
  histogram_stddev: ofNative((histogram) => Math.sqrt(histogramVariance(histogram))),
  histogram_stdvar: ofNative(histogramVariance),
  histogram_sum: ofNative(({ sum }) => sum),
};

/** A number that a native histogram tells; floats tell nothing. */
function ofNative(evaluate: (histogram: NativeHistogram) => number): FunctionImplementation {
  return { kind: 'sample', evaluate: (sample) => (typeof sample === 'number' ? undefined : evaluate(sample)) };
}
