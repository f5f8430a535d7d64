import type { SampleArrays } from '../sample-order.ts';
import { type RecentSeries, zeroStarts } from './recent-series.ts';
import type { TimeColumn } from './time-column.ts';

/** A stretch of a column. */
interface Stretch {
  readonly first: number;
  readonly end: number;
  readonly times: Float64Array;
}

/** The samples of a range as views of what is kept. Series of equal times get the same object of times, so that who computes windows needs to do so once for all of them. */
export class RangeViews {
  readonly #startMs: number;
  readonly #endMs: number;
  readonly #stretches = new Map<TimeColumn, Map<number, Stretch>>();
  #zeros = zeroStarts(0);
  #last: { readonly column: TimeColumn; readonly count: number; readonly stretch: Stretch } | undefined;

  /** `startMs` < time ≤ `endMs`. */
  constructor(startMs: number, endMs: number) {
    this.#startMs = startMs;
    this.#endMs = endMs;
  }

  /** undefined when the series has none. */
  of(series: RecentSeries): SampleArrays | undefined {
    const { first, end, times } = this.#stretch(series.times, series.count);
    if (first === end) {
      return undefined;
    }
    return {
      timestampsMs: times,
      values: series.values(first, end),
      startsMs: series.starts(first, end) ?? this.#zeroStarts(end - first),
    };
  }

  #stretch(column: TimeColumn, count: number): Stretch {
    if (this.#last?.column !== column || this.#last.count !== count) {
      this.#last = { column, count, stretch: this.#find(column, count) };
    }
    return this.#last.stretch;
  }

  #find(column: TimeColumn, count: number): Stretch {
    let ofColumn = this.#stretches.get(column);
    if (ofColumn === undefined) {
      ofColumn = new Map();
      this.#stretches.set(column, ofColumn);
    }
    const known = ofColumn.get(count);
    if (known !== undefined) {
      return known;
    }
    const first = column.countUntil(this.#startMs, count);
    const end = column.countUntil(this.#endMs, count);
    // Series that have more than the range needs see the same stretch as others.
    const equal = [...ofColumn.values()].find((other) => other.first === first && other.end === end);
    const stretch = equal ?? { first, end, times: column.view(first, end) };
    ofColumn.set(count, stretch);
    return stretch;
  }

  #zeroStarts(count: number): Float64Array {
    if (this.#zeros.length !== count) {
      this.#zeros = zeroStarts(count);
    }
    return this.#zeros;
  }
}
