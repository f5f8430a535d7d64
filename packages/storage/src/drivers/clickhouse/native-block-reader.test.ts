import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNativeBlocks } from './native-block-reader.ts';
import { NativeBlockWriter } from './native-block-writer.ts';

const rows = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.double(), fc.nat(0xffff_ffff)), {
  maxLength: 300,
});

describe('blocks of the Native format', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 4 }), (blocks) => {
        const bytes = Buffer.concat(blocks.map(written));
        const read = [...readNativeBlocks(bytes, [8, 8, 4])].map(({ columns: [ids, values, counts] }) => [
          [...new BigUint64Array(ids ?? new ArrayBuffer(0))],
          [...new Float64Array(values ?? new ArrayBuffer(0))],
          [...new Uint32Array(counts ?? new ArrayBuffer(0))],
        ]);
        expect(read).toEqual(
          blocks.map((block) => [block.map(([id]) => id), block.map(([, value]) => value), block.map(([, , n]) => n)]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('that are cut off or have other columns are refused', () => {
    const bytes = written([[1n, 2, 3]]);
    expect(() => [...readNativeBlocks(bytes, [8, 8])]).toThrow('3 columns instead of 2');
    expect(() => [...readNativeBlocks(bytes.subarray(0, -1), [8, 8, 4])]).toThrow('ends before');
    expect(() => [...readNativeBlocks(bytes.subarray(0, 1), [8, 8, 4])]).toThrow('ends before');
  });
});

function written(block: readonly (readonly [bigint, number, number])[]): Uint8Array {
  const writer = new NativeBlockWriter();
  writer.start(3, block.length);
  writer.column('id', 'UInt64');
  writer.fixed(BigUint64Array.from(block, ([id]) => id));
  writer.column('value', 'Float64');
  writer.fixed(Float64Array.from(block, ([, value]) => value));
  writer.column('count', 'UInt32');
  writer.fixed(Uint32Array.from(block, ([, , count]) => count));
  return writer.finish();
}
