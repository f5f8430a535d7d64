// Sums and means of many native histograms, for `sum`, `avg`, `sum_over_time` and `avg_over_time`: https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators
import {
  alignHistograms,
  bucketsOf,
  type HistogramBuckets,
  indexedCounts,
  isExponential,
  type NativeHistogram,
} from '@aegisguard/model';
import { combinedHint } from './combine-histograms.ts';
import { CompensatedNumber } from './compensated-number.ts';
import { sameBounds } from './same-layout.ts';
import { divideHistogram } from './scale-histogram.ts';

type Column = Map<number, CompensatedNumber>;

/**
 * The sum or the mean of histograms, added one by one without losing small counts to rounding. Whoever uses it warns of `isResetConflict` and informs of `areBoundsReconciled`, and
 * gives no result once `add` was false.
 */
export class HistogramSum {
  readonly #isMean: boolean;
  #layout: NativeHistogram;
  #added = 1;
  /** The sum would overflow, so that the mean itself is carried on. */
  #isIncremental = false;
  #sawReset = false;
  #sawNoReset = false;
  #areBoundsReconciled = false;
  readonly #count: CompensatedNumber;
  readonly #sum: CompensatedNumber;
  #zeroCount: CompensatedNumber;
  #positive: Column;
  #negative: Column;

  constructor(first: NativeHistogram, result: 'sum' | 'mean') {
    this.#isMean = result === 'mean';
    this.#layout = first;
    this.#count = new CompensatedNumber(first.count);
    this.#sum = new CompensatedNumber(first.sum);
    this.#zeroCount = new CompensatedNumber(first.zeroCount);
    this.#positive = columnOf(first.positive);
    this.#negative = columnOf(first.negative);
    this.#see(first);
  }

  /** Adds one more; false: it cannot be, since one is exponential and the other has custom bounds. */
  add(histogram: NativeHistogram): boolean {
    const aligned = this.#align(histogram);
    if (aligned === undefined) {
      return false;
    }
    this.#see(histogram);
    this.#added += 1;
    const factor = this.#isMean ? this.#factorOf(histogram) : 1;
    this.#count.add(histogram.count * factor);
    this.#sum.add(histogram.sum * factor);
    this.#zeroCount.add(aligned.zeroCount * factor);
    addTo(this.#positive, aligned.positive, factor);
    addTo(this.#negative, aligned.negative, factor);
    return true;
  }

  /** The sum or mean of what was added so far, empty buckets included. */
  value(): NativeHistogram {
    return this.#isMean && !this.#isIncremental ? divideHistogram(this.#running(), this.#added) : this.#running();
  }

  /** Some of them follow a counter reset, and some do not. */
  get isResetConflict(): boolean {
    return this.#sawReset && this.#sawNoReset;
  }

  /** Custom bounds differed; those that all have remain. */
  get areBoundsReconciled(): boolean {
    return this.#areBoundsReconciled;
  }

  #see({ resetHint }: NativeHistogram): void {
    this.#sawReset ||= resetHint === 'reset';
    this.#sawNoReset ||= resetHint === 'not-reset';
  }

  /** Brings the histogram and what was added so far to a common layout. */
  #align(histogram: NativeHistogram): NativeHistogram | undefined {
    const resetHint = combinedHint(this.#layout.resetHint, histogram.resetHint);
    if (hasSameLayout(this.#layout, histogram)) {
      this.#layout = { ...this.#layout, resetHint };
      return histogram;
    }
    const aligned = alignHistograms(this.#running(), histogram);
    if (aligned === undefined) {
      return undefined;
    }
    const [own, other] = aligned;
    this.#areBoundsReconciled ||= !isExponential(histogram);
    this.#layout = { ...own, resetHint };
    this.#zeroCount = new CompensatedNumber(own.zeroCount);
    this.#positive = columnOf(own.positive);
    this.#negative = columnOf(own.negative);
    return other;
  }

  /** What was added so far, undivided. */
  #running(): NativeHistogram {
    return {
      ...this.#layout,
      zeroCount: this.#zeroCount.value,
      count: this.#count.value,
      sum: this.#sum.value,
      positive: bucketsIn(this.#positive),
      negative: bucketsIn(this.#negative),
    };
  }

  /** By what the next histogram is multiplied; turns to carrying the mean when the sum would overflow. */
  #factorOf({ count, sum }: NativeHistogram): number {
    const before = this.#added - 1;
    if (!this.#isIncremental) {
      if (Number.isFinite(this.#count.rough + count) && Number.isFinite(this.#sum.rough + sum)) {
        return 1;
      }
      this.#isIncremental = true;
      this.#scale(1 / before);
    }
    this.#scale(before / this.#added);
    return 1 / this.#added;
  }

  #scale(factor: number): void {
    for (const number of [
      this.#count,
      this.#sum,
      this.#zeroCount,
      ...this.#positive.values(),
      ...this.#negative.values(),
    ]) {
      number.scale(factor);
    }
  }
}

function hasSameLayout(left: NativeHistogram, right: NativeHistogram): boolean {
  return (
    left.schema === right.schema &&
    left.zeroThreshold === right.zeroThreshold &&
    (isExponential(left) || sameBounds(left.customValues, right.customValues))
  );
}

function bucketsIn(column: Column): HistogramBuckets {
  return bucketsOf([...column].sort(([one], [other]) => one - other).map(([index, count]) => [index, count.value]));
}

function columnOf(buckets: HistogramBuckets): Column {
  return new Map(indexedCounts(buckets).map(([index, count]) => [index, new CompensatedNumber(count)]));
}

function addTo(column: Column, buckets: HistogramBuckets, factor: number): void {
  for (const [index, count] of indexedCounts(buckets)) {
    const known = column.get(index);
    if (known === undefined) {
      column.set(index, new CompensatedNumber(count * factor));
    } else {
      known.add(count * factor);
    }
  }
}
