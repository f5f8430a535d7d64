// The texts are those of https://github.com/prometheus/prometheus/blob/main/util/annotations/annotations.go
import { metricName } from '../../evaluate/label-order.ts';
import { argumentOf } from '../call-arguments.ts';
import { formatShortest } from '../format-float.ts';
import type { CallContext, Window } from '../function-implementation.ts';

function quotedName({ series }: Window): string {
  return JSON.stringify(metricName(series.labels));
}

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
    context.annotations.inform(
      `ignored histograms in a range containing both floats and histograms for metric name ${quotedName(window)}`,
      argumentOf(context, 0).source,
    );
  }
}

/** Says that nothing comes of floats and histograms in one window. */
export function warnMixedSamples(window: Window, context: CallContext): void {
  context.annotations.warn(
    `encountered a mix of histograms and floats for metric name ${quotedName(window)}`,
    argumentOf(context, 0).source,
  );
}

/** Says that nothing comes of exponential histograms and such with custom bounds in one window. */
export function warnMixedSchemas(window: Window, context: CallContext): void {
  context.annotations.warn(
    `vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${quotedName(window)}`,
    argumentOf(context, 0).source,
  );
}

/** Says that counters that began anew and such that did not were added. */
export function warnConflictingResets(context: CallContext): void {
  context.annotations.warn('conflicting counter resets during histogram aggregation', argumentOf(context, 0).source);
}

/** Says that custom buckets were joined until their bounds agreed. */
export function informReconciledBounds(context: CallContext): void {
  context.annotations.inform(
    'mismatched custom buckets were reconciled during aggregation',
    argumentOf(context, 0).source,
  );
}

/** Says that a quantile, the first argument, is none. */
export function warnUnlessQuantile(quantile: number, context: CallContext): void {
  if (!(quantile >= 0 && quantile <= 1)) {
    context.annotations.warn(
      `quantile value should be between 0 and 1, got ${formatShortest(quantile)}`,
      argumentOf(context, 0).source,
    );
  }
}
