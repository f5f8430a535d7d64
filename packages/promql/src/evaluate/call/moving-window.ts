import type { Window } from '../../functions/function-implementation.ts';
import { histogramSize } from '../select/histogram-size.ts';
import type { RangeSeries, RangeVector } from '../value.ts';

/** The window of a range series at one point after the other. It only moves forward, so that a series is walked through once. */
export class MovingWindow implements Window {
  readonly series: RangeSeries;
  point = -1;
  startMs = 0;
  endMs = 0;
  first = 0;
  end = 0;
  firstHistogram = 0;
  endHistogram = 0;
  /** What the window's histograms count for. */
  #histogramSamples = 0;
  readonly #windowEndsMs: Float64Array;
  readonly #rangeMs: number;

  constructor(series: RangeSeries, { windowEndsMs, rangeMs }: RangeVector) {
    this.series = series;
    this.#windowEndsMs = windowEndsMs;
    this.#rangeMs = rangeMs;
  }

  get isEmpty(): boolean {
    return this.first === this.end && this.firstHistogram === this.endHistogram;
  }

  /** Samples in the window, as they are counted. */
  get size(): number {
    return this.end - this.first + this.#histogramSamples;
  }

  /** To the next point. */
  advance(): void {
    this.point += 1;
    this.endMs = this.#windowEndsMs[this.point] ?? 0;
    this.startMs = this.endMs - this.#rangeMs;
    const { timestampsMs } = this.series;
    for (; this.end < timestampsMs.length && (timestampsMs[this.end] ?? 0) <= this.endMs; this.end += 1);
    for (; this.first < this.end && (timestampsMs[this.first] ?? 0) <= this.startMs; this.first += 1);
    if (this.series.histograms.length > 0) {
      this.#advanceHistograms();
    }
  }

  #advanceHistograms(): void {
    const { histograms } = this.series;
    for (; this.endHistogram < histograms.length; this.endHistogram += 1) {
      const next = histograms[this.endHistogram];
      if (next === undefined || next.timestampMs > this.endMs) {
        break;
      }
      this.#histogramSamples += histogramSize(next.histogram);
    }
    for (; this.firstHistogram < this.endHistogram; this.firstHistogram += 1) {
      const last = histograms[this.firstHistogram];
      if (last === undefined || last.timestampMs > this.startMs) {
        break;
      }
      this.#histogramSamples -= histogramSize(last.histogram);
    }
  }
}
