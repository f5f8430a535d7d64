import type { Window } from '../../functions/function-implementation.ts';
import { histogramSize } from '../select/histogram-size.ts';
import type { RangeSeries, RangeVector } from '../value.ts';

/** The window of a range series at one point after the other. It only moves forward, so that a series is walked through once. Of `anchored` and `smoothed` ranges the indexes reach over the lookback, too. */
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
  /** How far the indexes reach beyond the window's edges. */
  readonly #beforeMs: number;
  readonly #afterMs: number;

  constructor(series: RangeSeries, { windowEndsMs, rangeMs, extension }: RangeVector, lookbackMs: number) {
    this.series = series;
    this.#windowEndsMs = windowEndsMs;
    this.#rangeMs = rangeMs;
    this.#beforeMs = extension === undefined ? 0 : lookbackMs;
    this.#afterMs = extension === 'smoothed' ? lookbackMs : 0;
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
    const afterMs = this.startMs - this.#beforeMs;
    const untilMs = this.endMs + this.#afterMs;
    for (; this.end < timestampsMs.length && (timestampsMs[this.end] ?? 0) <= untilMs; this.end += 1);
    for (; this.first < this.end && (timestampsMs[this.first] ?? 0) <= afterMs; this.first += 1);
    if (this.series.histograms.length > 0) {
      this.#advanceHistograms(afterMs, untilMs);
    }
  }

  #advanceHistograms(afterMs: number, untilMs: number): void {
    const { histograms } = this.series;
    for (; this.endHistogram < histograms.length; this.endHistogram += 1) {
      const next = histograms[this.endHistogram];
      if (next === undefined || next.timestampMs > untilMs) {
        break;
      }
      this.#histogramSamples += histogramSize(next.histogram);
    }
    for (; this.firstHistogram < this.endHistogram; this.firstHistogram += 1) {
      const last = histograms[this.firstHistogram];
      if (last === undefined || last.timestampMs > afterMs) {
        break;
      }
      this.#histogramSamples -= histogramSize(last.histogram);
    }
  }
}
