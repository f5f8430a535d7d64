import { countUntil } from '../sample-order.ts';

/** How much longer than its content memory is made, so that a scrape's sample seldom moves what is there. */
const SPARE_MIN = 16;

/** Room for so many numbers and some more. */
export function roomFor(count: number): number {
  return count + Math.max(SPARE_MIN, count >> 3);
}

/** Ascending times that series share: those of one scrape have the same ones. They only grow, so what has read a beginning can keep it. */
export class TimeColumn {
  #memory: Float64Array;
  #length: number;
  #view: Float64Array | undefined;

  constructor(times: Float64Array) {
    this.#memory = new Float64Array(roomFor(times.length));
    this.#memory.set(times);
    this.#length = times.length;
  }

  get bytes(): number {
    return this.#memory.byteLength;
  }

  at(index: number): number {
    return this.#memory[index] ?? Number.NaN;
  }

  /** How many of the first `count` times are not later than this one. */
  countUntil(timeMs: number, count: number): number {
    return countUntil(this.#memory, timeMs, count);
  }

  /** A stretch of the times; the same object when it is asked for again. */
  view(first: number, end: number): Float64Array {
    const known = this.#view;
    if (
      known?.buffer === this.#memory.buffer &&
      known.byteOffset === first * Float64Array.BYTES_PER_ELEMENT &&
      known.length === end - first
    ) {
      return known;
    }
    this.#view = this.#memory.subarray(first, end);
    return this.#view;
  }

  startsWith(times: Float64Array): boolean {
    if (this.#length < times.length) {
      return false;
    }
    // Backwards: what differs does so at the end as a rule.
    for (let index = times.length - 1; index >= 0; index -= 1) {
      if (times[index] !== this.#memory[index]) {
        return false;
      }
    }
    return true;
  }

  /** Makes these times follow the first `count`, unless others do already; whether they do now. */
  follow(count: number, times: Float64Array): boolean {
    const known = Math.min(this.#length - count, times.length);
    for (let index = 0; index < known; index += 1) {
      if (this.#memory[count + index] !== times[index]) {
        return false;
      }
    }
    if (known < times.length) {
      this.#grow(count + times.length);
      this.#memory.set(times.subarray(known), this.#length);
      this.#length = count + times.length;
    }
    return true;
  }

  #grow(length: number): void {
    if (length > this.#memory.length) {
      const memory = new Float64Array(roomFor(length));
      memory.set(this.#memory.subarray(0, this.#length));
      this.#memory = memory;
    }
  }
}

/** Finds the column that has the same times, or makes one. */
export class TimeColumns {
  readonly #known = new Map<string, TimeColumn>();
  #last: TimeColumn | undefined;

  columnOf(times: Float64Array): TimeColumn {
    if (this.#last?.startsWith(times)) {
      return this.#last;
    }
    const key = `${times.length} ${times[0]} ${times.at(-1)}`;
    const known = this.#known.get(key);
    if (known?.startsWith(times)) {
      this.#last = known;
      return known;
    }
    const made = new TimeColumn(times);
    this.#known.set(key, made);
    this.#last = made;
    return made;
  }
}
