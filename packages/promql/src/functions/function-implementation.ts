import type { NativeHistogram } from '@aegisguard/model';
import type { Annotations } from '../evaluate/annotations.ts';
import type { RangeSeries, Value, VectorSeries } from '../evaluate/value.ts';
import type { WindowTable } from '../evaluate/window-table.ts';
import type { FunctionCall } from '../syntax/ast/function-call.ts';

/** What a function knows besides its main argument. */
export interface CallContext {
  readonly call: FunctionCall;
  readonly annotations: Annotations;
  /** Unix ms of the grid's points; at least one. */
  readonly pointsMs: Float64Array;
  /** The evaluated arguments. */
  readonly values: readonly Value[];
  /** The scalar argument of that index at a point; undefined when it was left out. */
  scalar(argument: number, point: number): number | undefined;
}

/**
 * A window of a range series at one point of the grid; moved on and reused, so it must not be kept. Of an `anchored` or `smoothed` range the indexes also cover the samples within
 * the lookback before `startMs`, and of a `smoothed` one those within the lookback after `endMs`.
 */
export interface Window {
  readonly series: RangeSeries;
  /** Of the grid. */
  readonly point: number;
  /** Unix ms: (start, end]. */
  readonly startMs: number;
  readonly endMs: number;
  /** Indexes into the series' floats: from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  /** The same of its histograms. */
  readonly firstHistogram: number;
  readonly endHistogram: number;
}

/** Results of a series of floats, one for each point of the grid: `POINT.absent` at first. */
export interface PointColumn {
  readonly kinds: Uint8Array;
  readonly values: Float64Array;
}

/** Writes the results of a series' windows, and says how many there are. */
export type SeriesEvaluator = (series: RangeSeries, windows: WindowTable, column: PointColumn) => number;

/** What a function gives for a point; undefined: nothing. */
export type PointResult = number | NativeHistogram | undefined;

/**
 * How a function is computed. `range`: for each window of its one range-vector argument. `sample`: for each element of its one vector argument; results lose the name unless
 * `keepsName`. `labels`: for each series of its first argument, what it becomes. `whole`: everything else, from the evaluated arguments.
 */
export type FunctionImplementation =
  | {
      readonly kind: 'range';
      readonly keepsName?: true;
      evaluate(window: Window, context: CallContext): PointResult;
      /** Made once for a call: evaluates all windows of a series without histograms at once, to the same as `evaluate` gives. */
      seriesEvaluator?(context: CallContext): SeriesEvaluator;
    }
  | {
      readonly kind: 'sample';
      readonly keepsName?: true;
      evaluate(sample: number | NativeHistogram, point: number, context: CallContext): PointResult;
    }
  | { readonly kind: 'labels'; prepare(context: CallContext): (series: VectorSeries) => VectorSeries }
  | { readonly kind: 'whole'; evaluate(context: CallContext): Value };

/** By the function's name. */
export type Implementations = Readonly<Record<string, FunctionImplementation>>;
