import type { Labels, NativeHistogram } from '@aegisguard/model';

/** What a vector's series has at a point of the grid. */
export const POINT = { absent: 0, float: 1, histogram: 2 } as const;

/** One element of an instant vector at every point of the evaluation's grid. Arrays are as long as the grid. */
export interface VectorSeries {
  readonly labels: Labels;
  /** The name is to be removed at the end of the evaluation, as Prometheus does with delayed name removal; until then it can be grouped by and matched. */
  readonly dropsName: boolean;
  /** Of `POINT`. */
  readonly kinds: Uint8Array;
  /** Meaningful where `kinds` says float. */
  readonly values: Float64Array;
  /** Defined where `kinds` says histogram; undefined when there is none at all. */
  readonly histograms: (NativeHistogram | undefined)[] | undefined;
}

/** A histogram of a series at a time. */
export interface HistogramAt {
  readonly timestampMs: number;
  /** Unix ms; 0 when not known. */
  readonly startMs: number;
  readonly histogram: NativeHistogram;
}

/** One element of a range vector: samples of which each point of the grid sees a window. Ascending, without staleness markers. */
export interface RangeSeries {
  readonly labels: Labels;
  readonly dropsName: boolean;
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  /** Unix ms; 0 when not known. */
  readonly startsMs: Float64Array;
  readonly histograms: readonly HistogramAt[];
}

/** A range vector over the grid. */
export interface RangeVector {
  /** To be gone through once if possible: they may be made as they are asked for. */
  readonly series: Iterable<RangeSeries> & { readonly length: number };
  /** Unix ms, per point of the grid; ascending. Its window is (end − range, end]. */
  readonly windowEndsMs: Float64Array;
  readonly rangeMs: number;
  readonly extension: 'anchored' | 'smoothed' | undefined;
}

/** What an expression is over the grid. */
export type Value =
  | { readonly type: 'scalar'; readonly values: Float64Array }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'vector'; readonly series: readonly VectorSeries[] }
  | ({ readonly type: 'matrix' } & RangeVector);
