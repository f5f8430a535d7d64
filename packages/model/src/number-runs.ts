/** Sorting so many takes some two milliseconds. */
const RUN_LENGTH = 32_768;
const ROOM_MIN = 1_024;

/** Numbers that become more, and any of them by its place in ascending order. They are sorted in runs while they come, so that nobody waits until millions of them are. */
export class NumberRuns {
  /** Sorted, all of the same length. */
  readonly #full: Float64Array[] = [];
  #last = new Float64Array(ROOM_MIN);
  #lastLength = 0;

  get length(): number {
    return this.#full.length * RUN_LENGTH + this.#lastLength;
  }

  add(number: number): void {
    if (this.#lastLength === this.#last.length) {
      const more = new Float64Array(2 * this.#last.length);
      more.set(this.#last);
      this.#last = more;
    }
    this.#last[this.#lastLength] = number;
    this.#lastLength += 1;
    if (this.#lastLength === RUN_LENGTH) {
      this.#full.push(this.#last.sort());
      this.#last = new Float64Array(ROOM_MIN);
      this.#lastLength = 0;
    }
  }

  /** The numbers at places of the ascending order, from 0 on, each below `length`. */
  at(places: readonly number[]): readonly number[] {
    const runs = [...this.#full, this.#last.subarray(0, this.#lastLength).sort()];
    return places.map((place) => numberAt(runs, place));
  }
}

/** Each run has a window in which the number may be. The middle of the widest one tells on which side of it the number is, and is in no window afterwards. */
function numberAt(runs: readonly Float64Array[], place: number): number {
  let from = runs.map(() => 0);
  let to = runs.map(({ length }) => length);
  for (;;) {
    const widths = to.map((end, run) => end - (from[run] ?? 0));
    const widest = widths.indexOf(Math.max(...widths));
    const middle = Math.floor(((from[widest] ?? 0) + (to[widest] ?? 0)) / 2);
    const pivot = runs[widest]?.[middle];
    if (pivot === undefined) {
      throw new RangeError(`there is no number at ${place}`);
    }
    const below = runs.map((run) => firstIndex(run, (number) => number >= pivot));
    const upTo = runs.map((run) => firstIndex(run, (number) => number > pivot));
    if (sumOf(below) > place) {
      to = below;
    } else if (sumOf(upTo) > place) {
      return pivot;
    } else {
      from = upTo;
    }
  }
}

/** Of the first number that is far enough; the length where none is. */
function firstIndex(ascending: Float64Array, isFarEnough: (number: number) => boolean): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isFarEnough(ascending[middle] ?? 0)) {
      to = middle;
    } else {
      from = middle + 1;
    }
  }
  return from;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
