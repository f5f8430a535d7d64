// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
import type { NativeHistogram } from '@aegisguard/model';
import { CompensatedSum } from '../compensated-sum.ts';
import type { FunctionImplementation, Implementations, Window } from '../function-implementation.ts';
import { averageOf } from './average-of.ts';
import { averageOfHistograms, sumOfHistograms } from './sum-of-histograms.ts';
import {
  floatsIn,
  histogramsIn,
  informReconciledBounds,
  warnConflictingResets,
  warnMixedSamples,
  warnMixedSchemas,
} from './window-annotations.ts';

/** A function of the floats or of the histograms of a window, not of both. */
function ofOneKind(
  ofFloats: (values: Float64Array, first: number, end: number) => number,
  ofHistograms: (histograms: readonly NativeHistogram[]) => NativeHistogram | undefined,
): FunctionImplementation {
  return {
    kind: 'range',
    evaluate(window, context) {
      const hasFloats = floatsIn(window) > 0;
      if (histogramsIn(window) === 0) {
        return hasFloats ? ofFloats(window.series.values, window.first, window.end) : undefined;
      }
      if (hasFloats) {
        warnMixedSamples(window, context);
        return undefined;
      }
      const histograms = histogramsOf(window);
      const result = ofHistograms(histograms);
      if (result === undefined) {
        warnMixedSchemas(window, context);
        return undefined;
      }
      if (haveConflictingResets(histograms)) {
        warnConflictingResets(context);
      }
      if (haveDifferentBounds(histograms)) {
        informReconciledBounds(context);
      }
      return result;
    },
  };
}

function histogramsOf({ series, firstHistogram, endHistogram }: Window): readonly NativeHistogram[] {
  return series.histograms.slice(firstHistogram, endHistogram).map(({ histogram }) => histogram);
}

function haveConflictingResets(histograms: readonly NativeHistogram[]): boolean {
  return (
    histograms.some(({ resetHint }) => resetHint === 'reset') &&
    histograms.some(({ resetHint }) => resetHint === 'not-reset')
  );
}

function haveDifferentBounds(histograms: readonly NativeHistogram[]): boolean {
  const bounds = histograms[0]?.customValues ?? [];
  return histograms.some(
    ({ customValues }) =>
      customValues.length !== bounds.length || customValues.some((bound, index) => bound !== bounds[index]),
  );
}

function sumOf(values: Float64Array, first: number, end: number): number {
  const sum = new CompensatedSum();
  for (let at = first; at < end; at += 1) {
    sum.add(values[at] ?? Number.NaN);
  }
  return sum.total;
}

/** The sum and the mean of a window. */
export const SUMS_OVER_TIME = {
  avg_over_time: ofOneKind(averageOf, averageOfHistograms),
  sum_over_time: ofOneKind(sumOf, sumOfHistograms),
} as const satisfies Implementations;
