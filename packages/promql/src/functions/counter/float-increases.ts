import type { RangeSeries } from '../../evaluate/value.ts';
import { isStartReset, startOverlaps } from './start-timestamps.ts';

const KNOWN = new WeakMap<RangeSeries, FloatIncreases>();

/** What is known of a series' increases; found once and kept as long as the series is. */
export function floatIncreases(series: RangeSeries): FloatIncreases {
  let known = KNOWN.get(series);
  if (known === undefined) {
    known = new FloatIncreases(series);
    KNOWN.set(series, known);
  }
  return known;
}

/** What `rate` and `increase` need to know of a series of floats, found once for all windows; fastest when they move forward. */
export class FloatIncreases {
  /** Whether it is known of any sample since when it counts. */
  readonly knowsStarts: boolean;
  readonly #values: Float64Array;
  /** Indexes of samples before which the counter began anew. */
  readonly #resets: number[] = [];
  /** Indexes of samples that count from within what earlier ones have counted. */
  readonly #overlaps: number[] = [];
  #nextReset = 0;

  constructor({ timestampsMs, values, startsMs }: RangeSeries, knowsStarts = hasAnyStart(startsMs)) {
    this.#values = values;
    this.knowsStarts = knowsStarts;
    let previous = values[0] ?? 0;
    for (let index = 1; index < values.length; index += 1) {
      const value = values[index] ?? 0;
      if (value < previous || (this.knowsStarts && beginsAt(index, timestampsMs, startsMs))) {
        this.#resets.push(index);
      }
      previous = value;
    }
    for (let index = 1; this.knowsStarts && index < values.length; index += 1) {
      if (startOverlaps(startsMs[index - 1] ?? 0, timestampsMs[index - 1] ?? 0, startsMs[index] ?? 0)) {
        this.#overlaps.push(index);
      }
    }
  }

  get hasResets(): boolean {
    return this.#resets.length > 0;
  }

  /** How much the counter rose from sample `first` to the one before `end`: what it lost when it began anew is added. */
  between(first: number, end: number): number {
    const resets = this.#resets;
    if (this.#nextReset > 0 && (resets[this.#nextReset - 1] ?? 0) > first) {
      this.#nextReset = 0;
    }
    while (this.#nextReset < resets.length && (resets[this.#nextReset] ?? 0) <= first) {
      this.#nextReset += 1;
    }
    let increase = (this.#values[end - 1] ?? 0) - (this.#values[first] ?? 0);
    for (let at = this.#nextReset; at < resets.length && (resets[at] ?? 0) < end; at += 1) {
      increase += this.#values[(resets[at] ?? 0) - 1] ?? 0;
    }
    return increase;
  }

  /** Whether samples after `first` and before `end` overlap. */
  overlapBetween(first: number, end: number): boolean {
    return this.#overlaps.length > 0 && this.#overlaps.some((index) => index > first && index < end);
  }
}

function beginsAt(index: number, timestampsMs: Float64Array, startsMs: Float64Array): boolean {
  return isStartReset(
    startsMs[index - 1] ?? 0,
    timestampsMs[index - 1] ?? 0,
    startsMs[index] ?? 0,
    timestampsMs[index] ?? 0,
  );
}

/** Whether a start time is known; a loop, since most series know none. */
export function hasAnyStart(startsMs: Float64Array): boolean {
  for (let index = 0; index < startsMs.length; index += 1) {
    if (startsMs[index] !== 0) {
      return true;
    }
  }
  return false;
}
