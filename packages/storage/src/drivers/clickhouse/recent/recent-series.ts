import { isAscending, joinSamples, orderedSamples, type SampleArrays } from '../sample-order.ts';
import { roomFor, type TimeColumn, type TimeColumns } from './time-column.ts';

/** Samples of one series as they lie together in a block; without starts where none is known. */
export interface SamplePiece {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly startsMs: Float64Array | undefined;
}

/** Objects of one series, besides its numbers. */
const SERIES_BYTES = 500;

let zeros = new Float64Array(1024);

/** So many zeros, in memory that all share. */
export function zeroStarts(count: number): Float64Array {
  if (zeros.length < count) {
    zeros = new Float64Array(count * 2);
  }
  return zeros.subarray(0, count);
}

/** One series' samples, ascending in time, each time once. What was handed out never changes: new samples come after it, or the memory is made anew. */
export class RecentSeries {
  #times: TimeColumn;
  #count: number;
  #values: Float64Array;
  #starts: Float64Array | undefined;

  constructor(columns: TimeColumns, pieces: readonly SamplePiece[]) {
    const { timestampsMs, values, startsMs } = inOrder(pieces);
    this.#count = timestampsMs.length;
    this.#times = columns.columnOf(timestampsMs);
    // A copy of memory: as numbers, NaNs could lose their bits.
    this.#values = new Float64Array(roomFor(this.#count));
    this.#values.set(values);
    this.#starts = startsMs === undefined ? undefined : grown(startsMs, roomFor(this.#count));
  }

  get times(): TimeColumn {
    return this.#times;
  }

  get count(): number {
    return this.#count;
  }

  /** Without the times, which others may share. */
  get bytes(): number {
    return SERIES_BYTES + this.#values.byteLength + (this.#starts?.byteLength ?? 0);
  }

  values(first: number, end: number): Float64Array {
    return this.#values.subarray(first, end);
  }

  starts(first: number, end: number): Float64Array | undefined {
    return this.#starts?.subarray(first, end);
  }

  /** The series with these samples, too: itself where they come after all others. */
  with(columns: TimeColumns, pieces: readonly SamplePiece[]): RecentSeries {
    const inTime = pieces.toSorted((left, right) => (left.timestampsMs[0] ?? 0) - (right.timestampsMs[0] ?? 0));
    const others = inTime.filter((piece) => !this.#append(this.#unknown(piece)));
    return others.length === 0 ? this : new RecentSeries(columns, [this.#piece(0), ...others]);
  }

  /** The series without samples up to a time; undefined when none are left. */
  after(columns: TimeColumns, timeMs: number): RecentSeries | undefined {
    const first = this.#times.countUntil(timeMs, this.#count);
    return first === this.#count ? undefined : new RecentSeries(columns, [this.#piece(first)]);
  }

  #piece(first: number): SamplePiece {
    return {
      timestampsMs: this.#times.view(first, this.#count),
      values: this.values(first, this.#count),
      startsMs: this.starts(first, this.#count),
    };
  }

  /** A piece without the samples at its beginning that are known: what was merged comes again with what is new. */
  #unknown(piece: SamplePiece): SamplePiece {
    const { timestampsMs, values, startsMs } = piece;
    let place = this.#times.countUntil((timestampsMs[0] ?? 0) - 1, this.#count);
    let row = 0;
    // Other series may have later times in the same column.
    for (; row < timestampsMs.length && place < this.#count; row += 1, place += 1) {
      const isKnown =
        this.#times.at(place) === timestampsMs[row] &&
        hasSameBits(this.#values, place, values, row) &&
        (this.#starts?.[place] ?? 0) === (startsMs?.[row] ?? 0);
      if (!isKnown) {
        return piece;
      }
    }
    return {
      timestampsMs: timestampsMs.subarray(row),
      values: values.subarray(row),
      startsMs: startsMs?.subarray(row),
    };
  }

  #append({ timestampsMs, values, startsMs }: SamplePiece): boolean {
    if (timestampsMs.length === 0) {
      return true;
    }
    const isLater = (timestampsMs[0] ?? Number.NaN) > this.#times.at(this.#count - 1) && isAscending(timestampsMs);
    if (!isLater || !this.#times.follow(this.#count, timestampsMs)) {
      return false;
    }
    const count = this.#count + timestampsMs.length;
    if (count > this.#values.length) {
      this.#values = grown(this.#values.subarray(0, this.#count), roomFor(count));
    }
    this.#values.set(values, this.#count);
    if (startsMs !== undefined || this.#starts !== undefined) {
      const known = this.#starts?.subarray(0, this.#count) ?? zeroStarts(this.#count);
      if (this.#starts === undefined || this.#starts.length < this.#values.length) {
        this.#starts = grown(known, this.#values.length);
      }
      this.#starts.set(startsMs ?? zeroStarts(timestampsMs.length), this.#count);
    }
    this.#count = count;
    return true;
  }
}

/** Whether two numbers are the same to the bit: zeros and NaNs may not be. */
function hasSameBits(one: Float64Array, place: number, other: Float64Array, row: number): boolean {
  const value = one[place];
  if (value === other[row] && value !== 0) {
    return true;
  }
  const bits = (values: Float64Array, at: number) => new Uint32Array(values.buffer, values.byteOffset + at * 8, 2);
  const [low, high] = bits(one, place);
  const [otherLow, otherHigh] = bits(other, row);
  return low === otherLow && high === otherHigh;
}

function grown(numbers: Float64Array, room: number): Float64Array {
  const memory = new Float64Array(room);
  memory.set(numbers);
  return memory;
}

/** Pieces as one, by the rules of reading. */
function inOrder(pieces: readonly SamplePiece[]): SamplePiece {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && isAscending(only.timestampsMs)) {
    return only;
  }
  const hasStarts = pieces.some(({ startsMs }) => startsMs !== undefined);
  const joined = joinSamples(
    pieces.map(
      ({ timestampsMs, values, startsMs }): SampleArrays => ({
        timestampsMs,
        values,
        startsMs: startsMs ?? zeroStarts(values.length),
      }),
    ),
  );
  const { timestampsMs, values, startsMs } = orderedSamples(joined);
  return { timestampsMs, values, startsMs: hasStarts ? startsMs : undefined };
}
