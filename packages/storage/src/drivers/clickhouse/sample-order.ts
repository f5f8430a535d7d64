/** Samples of one series column by column. */
export interface SampleArrays {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  readonly startsMs: Float64Array;
}

/**
 * Ascending in time, each time once. Of several values for one time the one with the greatest bits (as an unsigned number) counts, then the latest start: whatever the engine gives
 * first, the answer is the same.
 */
export function orderedSamples(samples: SampleArrays): SampleArrays {
  const { timestampsMs, values, startsMs } = samples;
  if (isAscending(timestampsMs)) {
    return samples;
  }
  // Bits are compared and moved, not numbers: a NaN keeps its own.
  const bits = new BigUint64Array(values.buffer, values.byteOffset, values.length);
  const time = (row: number) => timestampsMs[row] ?? 0;
  const order = Uint32Array.from(timestampsMs.keys()).sort((left, right) => {
    if (time(left) !== time(right)) {
      return time(left) - time(right);
    }
    const [leftBits, rightBits] = [bits[left] ?? 0n, bits[right] ?? 0n];
    return leftBits < rightBits ? -1 : leftBits > rightBits ? 1 : (startsMs[left] ?? 0) - (startsMs[right] ?? 0);
  });
  const kept = order.filter((row, position) => {
    const next = order[position + 1];
    return next === undefined || time(next) !== time(row);
  });
  const keptBits = BigUint64Array.from(kept, (row) => bits[row] ?? 0n);
  return {
    timestampsMs: Float64Array.from(kept, time),
    values: new Float64Array(keptBits.buffer),
    startsMs: Float64Array.from(kept, (row) => startsMs[row] ?? 0),
  };
}

/** Pieces of one series one after the other, in order of their first times: ascending pieces of times apart become ascending. */
export function joinSamples(unordered: readonly SampleArrays[]): SampleArrays {
  const pieces = unordered.toSorted((left, right) => (left.timestampsMs[0] ?? 0) - (right.timestampsMs[0] ?? 0));
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) {
    return only;
  }
  const length = pieces.reduce((sum, { values }) => sum + values.length, 0);
  const joined = {
    timestampsMs: new Float64Array(length),
    values: new Float64Array(length),
    startsMs: new Float64Array(length),
  };
  let end = 0;
  for (const { timestampsMs, values, startsMs } of pieces) {
    joined.timestampsMs.set(timestampsMs, end);
    joined.values.set(values, end);
    joined.startsMs.set(startsMs, end);
    end += values.length;
  }
  return joined;
}

/** Whether every time is later than the one before. */
export function isAscending(times: Float64Array): boolean {
  for (let index = 1; index < times.length; index += 1) {
    if ((times[index] ?? 0) <= (times[index - 1] ?? 0)) {
      return false;
    }
  }
  return true;
}

/** How many of the first `count` of ascending times are not later than this one. */
export function countUntil(ascendingMs: Float64Array, timeMs: number, count = ascendingMs.length): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ascendingMs[middle] ?? Number.NaN) <= timeMs) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}
