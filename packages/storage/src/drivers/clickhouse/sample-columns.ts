import type { SampleArrays } from './sample-order.ts';

const WORD = 2 ** 32;

/** 64-bit integers that a number can hold, from the memory of a column. */
export function wholeNumbers(column: ArrayBuffer): Float64Array {
  const words = new Uint32Array(column);
  const values = new Float64Array(words.length / 2);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = ((words[index * 2 + 1] ?? 0) | 0) * WORD + (words[index * 2] ?? 0);
  }
  return values;
}

/** Calls for each run of equal ids, with its rows from `first` to before `end`. */
export function eachRun(ids: ArrayBuffer, onRun: (id: bigint, first: number, end: number) => void): void {
  const whole = new BigUint64Array(ids);
  const words = new Uint32Array(ids);
  const rows = whole.length;
  for (let first = 0; first < rows; ) {
    const [low, high] = [words[first * 2], words[first * 2 + 1]];
    let end = first + 1;
    // No BigInt for each row.
    while (end < rows && words[end * 2] === low && words[end * 2 + 1] === high) {
      end += 1;
    }
    onRun(whole[first] ?? 0n, first, end);
    first = end;
  }
}

/** A part of columns of samples; shares their memory. */
export function samplesFrom(
  { timestampsMs, values, startsMs }: SampleArrays,
  first: number,
  end: number,
): SampleArrays {
  return {
    timestampsMs: timestampsMs.subarray(first, end),
    values: values.subarray(first, end),
    startsMs: startsMs.subarray(first, end),
  };
}
