// https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
import { POINT } from '../../evaluate/value.ts';
import type { WindowTable } from '../../evaluate/window-table.ts';
import type { FunctionImplementation, Implementations, PointColumn, Window } from '../function-implementation.ts';
import { ofFloats } from './float-window-function.ts';

const MS_PER_SECOND = 1000;

/** Which of two floats is the more extreme one; a number exceeds NaN. */
interface ExtremeOrder {
  /** The greater one, or with −1 the lesser one. */
  readonly sign: 1 | -1;
  /** Of equal ones the later one. */
  readonly prefersLater: boolean;
}

/** Whether a later value takes the place of the best one so far. */
function exceeds(value: number, best: number, { sign, prefersLater }: ExtremeOrder): boolean {
  return sign * value > sign * best || (prefersLater && value === best) || Number.isNaN(best);
}

/** Index of the window's sample that no other one exceeds. */
function extremeIndex({ series: { values }, first, end }: Window, order: ExtremeOrder): number {
  let index = first;
  for (let at = first + 1; at < end; at += 1) {
    if (exceeds(values[at] ?? Number.NaN, values[index] ?? Number.NaN, order)) {
      index = at;
    }
  }
  return index;
}

/** The extremes of windows that move over a series. A sample is out of the running as soon as a later one exceeds it, so that each is looked at about twice, however long the windows are. */
class SlidingExtremes {
  readonly #order: ExtremeOrder;
  /** Samples in the running, the most extreme first: their indexes and values. */
  #indexes = new Int32Array();
  #values = new Float64Array();

  constructor(order: ExtremeOrder) {
    this.#order = order;
  }

  /** Writes for each window what `results` has for its extreme sample, and returns how many windows have one. */
  write(values: Float64Array, results: Float64Array, { first, end }: WindowTable, column: PointColumn): number {
    if (this.#indexes.length < values.length) {
      this.#indexes = new Int32Array(values.length);
      this.#values = new Float64Array(values.length);
    }
    const [order, indexes, running] = [this.#order, this.#indexes, this.#values];
    let [head, tail, next, count] = [0, 0, 0, 0];
    for (let point = 0; point < first.length; point += 1) {
      const from = first[point] ?? 0;
      const to = end[point] ?? 0;
      for (; next < to; next += 1) {
        const value = values[next] ?? Number.NaN;
        while (tail > head && exceeds(value, running[tail - 1] ?? Number.NaN, order)) {
          tail -= 1;
        }
        indexes[tail] = next;
        running[tail] = value;
        tail += 1;
      }
      while (head < tail && (indexes[head] ?? 0) < from) {
        head += 1;
      }
      if (to > from) {
        column.kinds[point] = POINT.float;
        column.values[point] = results[indexes[head] ?? 0] ?? Number.NaN;
        count += 1;
      }
    }
    return count;
  }
}

function extreme(order: ExtremeOrder): FunctionImplementation {
  return ofFloats(
    1,
    (window) => window.series.values[extremeIndex(window, order)] ?? Number.NaN,
    () => {
      const extremes = new SlidingExtremes(order);
      return ({ values }, windows, column) => extremes.write(values, values, windows, column);
    },
  );
}

function timeOfExtreme(order: ExtremeOrder): FunctionImplementation {
  return ofFloats(
    1,
    (window) => (window.series.timestampsMs[extremeIndex(window, order)] ?? Number.NaN) / MS_PER_SECOND,
    () => {
      const extremes = new SlidingExtremes(order);
      return ({ values, timestampsMs }, windows, column) => {
        const seconds = timestampsMs.map((timestampMs) => timestampMs / MS_PER_SECOND);
        return extremes.write(values, seconds, windows, column);
      };
    },
  );
}

/** The greatest and the least float of a window, and when it was last. */
export const EXTREMES_OVER_TIME = {
  max_over_time: extreme({ sign: 1, prefersLater: false }),
  min_over_time: extreme({ sign: -1, prefersLater: false }),
  ts_of_max_over_time: timeOfExtreme({ sign: 1, prefersLater: true }),
  ts_of_min_over_time: timeOfExtreme({ sign: -1, prefersLater: true }),
} as const satisfies Implementations;
