import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeInt64s, writePicked } from './int64-column.ts';
import { NativeBlockWriter } from './native-block-writer.ts';
import { wholeNumbers } from './sample-columns.ts';
import { joinSamples, orderedSamples } from './sample-order.ts';

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.double(), fc.integer({ min: 0, max: 2 })));

function arraysOf(samples: readonly (readonly [number, number, number])[]) {
  return {
    timestampsMs: Float64Array.from(samples, ([time]) => time),
    values: Float64Array.from(samples, ([, value]) => value),
    startsMs: Float64Array.from(samples, ([, , start]) => start),
  };
}

describe('samples in order', () => {
  it('are the same whatever order and however many times they came', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (samples, keys) => {
        const shuffled = [...samples, ...samples].map((row) => ({ row, key: keys.next().value as number }));
        shuffled.sort((left, right) => left.key - right.key);
        const ordered = orderedSamples(arraysOf(samples));
        expect(orderedSamples(arraysOf(shuffled.map(({ row }) => row)))).toEqual(ordered);
        expect([...ordered.timestampsMs]).toEqual([...new Set(samples.map(([time]) => time))].sort((a, b) => a - b));
        for (const [index, time] of ordered.timestampsMs.entries()) {
          const values = samples.filter(([at]) => at === time).map(([, value]) => bits(value));
          expect(bits(ordered.values[index] ?? 0)).toBe(values.sort((left, right) => (left < right ? -1 : 1)).at(-1));
        }
      }),
    );
  });

  it('are the same in pieces', () => {
    fc.assert(
      fc.property(rows, rows, (left, right) => {
        const joined = joinSamples([arraysOf(left), arraysOf(right)]);
        expect(orderedSamples(joined)).toEqual(orderedSamples(arraysOf([...left, ...right])));
      }),
    );
  });
});

describe('64-bit columns', () => {
  it('hold every whole number, as BigInt has it', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (numbers) => {
        const bytes = written((writer) => writeInt64s(writer, Float64Array.from(numbers), numbers.length));
        expect([...new BigInt64Array(bytes)]).toEqual(numbers.map((number) => BigInt(number)));
        const read = wholeNumbers(bytes);
        expect([...read].map((number) => number + 0)).toEqual(numbers.map((number) => number + 0));
      }),
    );
  });

  it('are picked by index', () => {
    const source = BigUint64Array.of(1n, 2n ** 64n - 1n, 2n ** 33n);
    const words = written((writer) => writePicked(writer, source, Uint32Array.of(2, 1, 1, 0), 3));
    expect([...new BigUint64Array(words)]).toEqual([2n ** 33n, 2n ** 64n - 1n, 2n ** 64n - 1n]);
  });
});

/** The bytes that something writes, which begin after the block's two counts. */
function written(write: (writer: NativeBlockWriter) => void): ArrayBuffer {
  const writer = new NativeBlockWriter();
  writer.start(0, 0);
  write(writer);
  return writer.finish().slice(2).buffer as ArrayBuffer;
}

function bits(value: number): bigint {
  return new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n;
}
