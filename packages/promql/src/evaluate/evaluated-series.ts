import type { Labels, NativeHistogram } from '@aegisguard/model';

/** One series of an answer in columns; a point has a float or a histogram. */
export interface EvaluatedSeries {
  readonly labels: Labels;
  /** Unix ms, ascending. */
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly histograms: readonly HistogramPoint[];
}

/** A histogram at a time. */
export interface HistogramPoint {
  readonly timestampMs: number;
  readonly histogram: NativeHistogram;
}
