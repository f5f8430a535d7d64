import type { Labels } from '@aegisguard/model';
import { draftSeries, setPoint, type VectorSeries } from '../value.ts';
import { counterRate } from './counter-rate.ts';
import { ascending, quantileOf } from './quantile.ts';
import type { WindowBuckets } from './window-buckets.ts';

const FIRST_CAPACITY = 8;

/** What a window's samples give; times are nanoseconds. */
export type WindowFunction = (times: Float64Array, values: Float64Array, windowEnd: number) => number;

/** The range aggregations that look at all samples of a window together. */
export type SampleOperation = 'quantile_over_time' | 'rate_counter';

/** The function of such an aggregation. */
export function windowFunction(operation: SampleOperation, parameter: number, rangeSeconds: number): WindowFunction {
  return operation === 'quantile_over_time'
    ? (_times, values) => quantileOf(parameter, ascending(values))
    : (times, values, end) => counterRate({ times, values, end, rangeSeconds });
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
  series(labels: Labels, windows: WindowBuckets, points: number, result: WindowFunction): VectorSeries {
    const order = Uint32Array.from({ length: this.#count }, (_, at) => at).sort(
      (a, b) => (this.#times[a] ?? 0) - (this.#times[b] ?? 0) || a - b,
    );
    const times = Float64Array.from(order, (at) => this.#times[at] ?? 0);
    const values = Float64Array.from(order, (at) => this.#values[at] ?? 0);
    const buckets = Int32Array.from(order, (at) => this.#buckets[at] ?? 0);
    const series = draftSeries(labels, points);
    let from = 0;
    let to = 0;
    for (let point = 0; point < points; point += 1) {
      const first = point * windows.stride;
      while (to < buckets.length && (buckets[to] ?? 0) < first + windows.size) {
        to += 1;
      }
      while (from < to && (buckets[from] ?? 0) < first) {
        from += 1;
      }
      if (from < to) {
        const window = result(times.subarray(from, to), values.subarray(from, to), windows.windowEnd(point));
        setPoint(series, point, window);
      }
    }
    return series;
  }
}

function extended<T extends Float64Array | Int32Array>(before: T, larger: T): T {
  larger.set(before);
  return larger;
}
