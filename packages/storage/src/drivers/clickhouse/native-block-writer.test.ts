import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NativeBlockWriter } from './native-block-writer.ts';

/** Reads what the writer writes, from the format's description. */
class BlockReader {
  #place = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 0x80) {
      const byte = this.#bytes[this.#place] ?? 0;
      this.#place += 1;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) {
        return value;
      }
    }
  }

  text(): string {
    const length = this.varint();
    this.#place += length;
    return this.#bytes.toString('utf8', this.#place - length, this.#place);
  }

  bytes(count: number): number[] {
    this.#place += count;
    return [...this.#bytes.subarray(this.#place - count, this.#place)];
  }

  get isAtEnd(): boolean {
    return this.#place === this.#bytes.length;
  }
}

function written(values: readonly string[]): BlockReader {
  const writer = new NativeBlockWriter();
  writer.start(1, values.length);
  writer.column('c', 'String');
  writer.texts(values);
  const reader = new BlockReader(writer.finish());
  expect([reader.varint(), reader.varint(), reader.text(), reader.text()]).toEqual([1, values.length, 'c', 'String']);
  return reader;
}

describe('a block', () => {
  it('holds texts of any characters', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ minLength: 120, maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(text), (values) => {
        const reader = written(values);
        expect(values.map(() => reader.text())).toEqual(values);
        expect(reader.isAtEnd).toBe(true);
      }),
    );
  });

  it.each([0, 1, 127, 128, 16_383, 16_384, 2_097_152])('holds texts of %d characters', (length) => {
    for (const values of [
      ['x'.repeat(length), 'y'],
      ['é'.repeat(length), 'y'],
      ['x'.repeat(length), 'ÿ'],
    ]) {
      const reader = written(values);
      expect(values.map(() => reader.text())).toEqual(values);
      expect(reader.isAtEnd).toBe(true);
    }
  });

  it('holds fixed-width columns as they lie in memory', () => {
    const writer = new NativeBlockWriter();
    writer.start(3, 2);
    writer.column('a', 'UInt16');
    writer.fixed(Uint16Array.of(1, 0x1234));
    writer.column('b', 'Int64');
    writer.fixed(BigInt64Array.of(-1n, 2n));
    writer.column('c', 'FixedString(2)');
    writer.repeated(Uint8Array.of(7, 8), 2);
    const reader = new BlockReader(writer.finish());
    expect([reader.varint(), reader.varint()]).toEqual([3, 2]);
    expect([reader.text(), reader.text(), reader.bytes(4)]).toEqual(['a', 'UInt16', [1, 0, 0x34, 0x12]]);
    expect([reader.text(), reader.text(), reader.bytes(16)]).toEqual([
      'b',
      'Int64',
      [255, 255, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect([reader.text(), reader.text(), reader.bytes(4)]).toEqual(['c', 'FixedString(2)', [7, 8, 7, 8]]);
    expect(reader.isAtEnd).toBe(true);
  });

  it('has bytes of its own, that the next block does not change', () => {
    const writer = new NativeBlockWriter();
    const blocks = ['first', 'other'].map((name) => {
      writer.start(1, 0);
      writer.column(name, 'String');
      return writer.finish();
    });
    expect(blocks.map((block) => Buffer.from(block).includes('first'))).toEqual([true, false]);
    expect(blocks[0]?.buffer.byteLength).toBe(blocks[0]?.byteLength);
  });
});
