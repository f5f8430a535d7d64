import type { BatchVerdict, VerifyOptions } from '../records/verdict.ts';

/** Remembers which series of an organization are active; decides whether a further one may be. */
export interface SeriesGate {
  /** False when the organization has as many active series as it may have and this one is not among them. */
  admit(seriesId: bigint): boolean;
}

/** What a verdict on metrics depends on. */
export interface MetricVerifyOptions extends VerifyOptions {
  readonly seriesGate: SeriesGate;
}

/** The verdict on a batch of metrics; a record is a data point: a sample, a histogram or an exemplar, in the order of the body. */
export interface MetricVerdict extends BatchVerdict {
  /** What was accepted of each, as remote write 2.0 tells its clients. */
  readonly accepted: { readonly samples: number; readonly histograms: number; readonly exemplars: number };
}
