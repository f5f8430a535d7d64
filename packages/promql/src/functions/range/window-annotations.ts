// The texts are those of https://github.com/prometheus/prometheus/blob/main/util/annotations/annotations.go
import { metricName } from '../../evaluate/label-order.ts';
import { argumentOf } from '../call-arguments.ts';
import { formatGeneral } from '../format-general.ts';
import type { CallContext, Window } from '../function-implementation.ts';

/** How many floats the window has. */
export function floatsIn({ first, end }: Window): number {
  return end - first;
}

/** How many histograms the window has. */
export function histogramsIn({ firstHistogram, endHistogram }: Window): number {
  return endHistogram - firstHistogram;
}

/** Says that histograms among the window's floats are ignored, where there are such. */
export function informIgnoredHistograms(window: Window, context: CallContext): void {
  if (floatsIn(window) > 0 && histogramsIn(window) > 0) {
    const name = JSON.stringify(metricName(window.series.labels));
    context.annotations.inform(
      `ignored histograms in a range containing both floats and histograms for metric name ${name}`,
      argumentOf(context, 0).source,
    );
  }
}

/** Says that a quantile, the first argument, is none. */
export function warnUnlessQuantile(quantile: number, context: CallContext): void {
  if (!(quantile >= 0 && quantile <= 1)) {
    context.annotations.warn(
      `quantile value should be between 0 and 1, got ${formatGeneral(quantile)}`,
      argumentOf(context, 0).source,
    );
  }
}
