import type { Labels } from '@aegisguard/model';
import type { Turns } from '../turns.ts';
import { draftSeries, setPoint, type VectorSeries } from '../value.ts';
import { counterRate } from './counter-rate.ts';
import { ascending, quantileOf } from './quantile.ts';
import type { WindowBuckets } from './window-buckets.ts';

const FIRST_CAPACITY = 8;

/** The range aggregations that look at all samples of a window together. */
export type SampleOperation = 'quantile_over_time' | 'rate_counter';

/** Samples of a window. Times are nanoseconds; they ascend if that was asked for. */
interface WindowSamples {
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Nanoseconds. */
  readonly end: number;
}

/** What such an aggregation makes of a window. */
export interface WindowFunction {
  readonly needsOrder: boolean;
  readonly of: (window: WindowSamples) => number;
}

/** The function of an aggregation; `parameter` is the quantile that is asked for. */
export function windowFunction(operation: SampleOperation, parameter: number, rangeSeconds: number): WindowFunction {
  return operation === 'quantile_over_time'
    ? { needsOrder: false, of: ({ values }) => quantileOf(parameter, ascending(values)) }
    : { needsOrder: true, of: (window) => counterRate({ ...window, rangeSeconds }) };
}

/** The samples of one series, in the order in which they were read. */
export class KeptSamples {
  #times = new Float64Array(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  #buckets = new Int32Array(FIRST_CAPACITY);
  #count = 0;

  /** `time` in nanoseconds. */
  add(bucket: number, value: number, time: number): void {
    const at = this.#count;
    if (at === this.#times.length) {
      this.#times = extended(this.#times, new Float64Array(at * 2));
      this.#values = extended(this.#values, new Float64Array(at * 2));
      this.#buckets = extended(this.#buckets, new Int32Array(at * 2));
    }
    this.#times[at] = time;
    this.#values[at] = value;
    this.#buckets[at] = bucket;
    this.#count = at + 1;
  }

  /** The values of all windows. */
  async series(
    labels: Labels,
    windows: WindowBuckets,
    points: number,
    result: WindowFunction,
    turns: Turns,
  ): Promise<VectorSeries> {
    const { starts, order } = this.#byBucket(windows.count, result.needsOrder);
    const times = Float64Array.from(order, (at) => this.#times[at] ?? 0);
    const values = Float64Array.from(order, (at) => this.#values[at] ?? 0);
    const series = draftSeries(labels, points);
    for (let point = 0; point < points; point += 1) {
      const first = point * windows.stride;
      const [from, to] = [starts[first] ?? 0, starts[first + windows.size] ?? 0];
      if (from < to) {
        const end = windows.windowEnd(point);
        setPoint(series, point, result.of({ times: times.subarray(from, to), values: values.subarray(from, to), end }));
        await turns.pass();
      }
    }
    return series;
  }

  /** Where the samples of each bucket begin, and the places of all samples by bucket; within one by time, if wanted. */
  #byBucket(buckets: number, needsOrder: boolean): { starts: Uint32Array; order: Uint32Array } {
    const starts = new Uint32Array(buckets + 1);
    for (let at = 0; at < this.#count; at += 1) {
      const next = (this.#buckets[at] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
    }
    const ends = starts.slice();
    const order = new Uint32Array(this.#count);
    for (let at = 0; at < this.#count; at += 1) {
      const bucket = this.#buckets[at] ?? 0;
      const place = ends[bucket] ?? 0;
      order[place] = at;
      ends[bucket] = place + 1;
    }
    for (let bucket = 0; needsOrder && bucket < buckets; bucket += 1) {
      this.#sortByTime(order.subarray(starts[bucket], starts[bucket + 1]));
    }
    return { starts, order };
  }

  /** Logs of a series often come in their order. */
  #sortByTime(places: Uint32Array): void {
    const timeOf = (place: number): number => this.#times[place] ?? 0;
    const isSorted = places.every((place, at) => at === 0 || timeOf(places[at - 1] ?? 0) <= timeOf(place));
    if (!isSorted) {
      places.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
    }
  }
}

function extended<T extends Float64Array | Int32Array>(before: T, larger: T): T {
  larger.set(before);
  return larger;
}
