import type { RangeSeries } from '../../evaluate/value.ts';
import type { CounterOperation } from './counter-call.ts';
import { extrapolationFactor, type SampledWindow } from './extrapolate.ts';
import type { FloatIncreases } from './float-increases.ts';

const MS_PER_SECOND = 1000;

/** `rate`, `increase` or `delta` of the floats of one series, in windows (startMs, endMs] of samples `first` to before `end`. Nothing is allocated per window. */
export class FloatRate {
  readonly #series: RangeSeries;
  readonly #isCounter: boolean;
  readonly #unit: number;
  readonly #sampled: SampledWindow = { sampled: 0, mean: 0, toStart: 0, toEnd: 0 };
  readonly #increases: FloatIncreases;

  constructor(
    series: RangeSeries,
    increases: FloatIncreases,
    { isCounter, isRate }: CounterOperation,
    rangeMs: number,
  ) {
    this.#series = series;
    this.#isCounter = isCounter;
    this.#unit = rateUnit(isRate, rangeMs);
    this.#increases = increases;
  }

  /** Whether samples after `first` and before `end` count from within what earlier ones have counted. */
  hasOverlap(first: number, end: number): boolean {
    return this.#isCounter && this.#increases.overlapBetween(first, end);
  }

  /** Whether there is a result: of two samples, or of one of a counter that began within the window. */
  exists(first: number, end: number, startMs: number): boolean {
    return end - first > 1 || (end - first === 1 && this.#beganWithin(first, startMs));
  }

  /** The result, where it exists. */
  value(first: number, end: number, startMs: number, endMs: number): number {
    const { timestampsMs, values, startsMs } = this.#series;
    const firstMs = timestampsMs[first] ?? 0;
    const lastMs = timestampsMs[end - 1] ?? 0;
    const firstValue = values[first] ?? 0;
    const window = this.#sampled;
    window.sampled = (lastMs - firstMs) / MS_PER_SECOND;
    window.mean = end - first > 1 ? window.sampled / (end - first - 1) : 0;
    window.toStart = (firstMs - startMs) / MS_PER_SECOND;
    window.toEnd = (endMs - lastMs) / MS_PER_SECOND;
    if (!this.#isCounter) {
      return (
        ((values[end - 1] ?? 0) - firstValue) * (extrapolationFactor(window, Number.POSITIVE_INFINITY) / this.#unit)
      );
    }
    const increase = this.#increases.between(first, end);
    if (this.#beganWithin(first, startMs)) {
      // It was 0 when it began, so that nothing needs to be guessed on that side.
      window.sampled = (lastMs - (startsMs[first] ?? 0)) / MS_PER_SECOND;
      window.toStart = 0;
      return (increase + firstValue) * (extrapolationFactor(window, Number.POSITIVE_INFINITY) / this.#unit);
    }
    const zeroDistance =
      increase > 0 && firstValue >= 0 ? window.sampled * (firstValue / increase) : Number.POSITIVE_INFINITY;
    return increase * (extrapolationFactor(window, zeroDistance) / this.#unit);
  }

  #beganWithin(first: number, startMs: number): boolean {
    return (
      this.#isCounter && beganWithin(this.#series.startsMs[first] ?? 0, this.#series.timestampsMs[first] ?? 0, startMs)
    );
  }
}

/** What an increase is divided by: seconds, or 1. */
export function rateUnit(isRate: boolean, rangeMs: number): number {
  return isRate ? rangeMs / MS_PER_SECOND : 1;
}

/** Whether a sample's counter is known to have begun after the window's start and before the sample. */
export function beganWithin(beganMs: number, timestampMs: number, windowStartMs: number): boolean {
  return beganMs !== 0 && beganMs > windowStartMs && beganMs < timestampMs;
}
