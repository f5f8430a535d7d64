import { AegisError, type UnixNanos } from '@aegisguard/model';

/** Points of one series, of all series together while they are made, and of an answer. */
const BUCKETS_MAX = 11_000;
const CELLS_MAX = 4_000_000;
/** What a series takes at least, however few its points. */
const CELLS_OF_SERIES_MIN = 20;
const POINTS_MAX = 1_000_000;
const NANOS_PER_SECOND = 1e9;

/** Buckets of equal width: bucket i holds start + i·step ≤ time < start + (i+1)·step; its point stands at its beginning. */
export class MetricsGrid {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Nanoseconds. */
  readonly step: bigint;
  readonly bucketCount: number;

  constructor(start: UnixNanos, end: UnixNanos, step: bigint) {
    this.start = start;
    this.end = end;
    this.step = step;
    const count = step > 0n && end > start ? (end - start + step - 1n) / step : 0n;
    if (count > BigInt(BUCKETS_MAX)) {
      throw new AegisError('query-too-large', {
        detail: `A range has at most ${BUCKETS_MAX} points: ask for a wider step, or a shorter time.`,
      });
    }
    this.bucketCount = Number(count);
  }

  get stepSeconds(): number {
    return Number(this.step) / NANOS_PER_SECOND;
  }

  /** So many series can be made at once. */
  get seriesMax(): number {
    return Math.floor(CELLS_MAX / Math.max(this.bucketCount, CELLS_OF_SERIES_MIN));
  }

  /** Of a time within the range. */
  bucketOf(time: bigint): number {
    return Number((time - this.start) / this.step);
  }

  /** Unix nanoseconds. */
  timeOf(bucket: number): bigint {
    return this.start + BigInt(bucket) * this.step;
  }

  /** Throws when so many series would be too many: to be made, or, being all of them, to be told. */
  checkSeries(count: number, isAnswer = false): void {
    const isTooMany = isAnswer ? count * this.bucketCount > POINTS_MAX : count > this.seriesMax;
    if (isTooMany) {
      throw new AegisError('query-too-large', {
        detail: 'The query gives too many series of too many points: group by less, or ask for a wider step.',
      });
    }
  }
}
