import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NativeBlockCutter } from './native-block-cutter.ts';
import { NativeBlockWriter } from './native-block-writer.ts';

const texts = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 40 });

/** A block of a text, a number, a list of texts and a text with a dictionary, per row. */
function block(rows: readonly string[]): Uint8Array {
  const writer = new NativeBlockWriter();
  writer.start(4, rows.length);
  writer.column('text', 'String');
  writer.texts(rows);
  writer.column('time', "DateTime64(9, 'UTC')");
  writer.fixed(BigInt64Array.from(rows, ({ length }) => BigInt(length)));
  writer.column('list', 'Array(String)');
  writer.fixed(BigUint64Array.from(rows, (_, row) => BigInt(row + 1)));
  writer.texts(rows);
  writer.column('coded', 'LowCardinality(String)');
  writer.fixed(BigUint64Array.of(1n, 0x600n, 1n));
  writer.texts(['key']);
  writer.fixed(BigUint64Array.of(BigInt(rows.length)));
  writer.fixed(new Uint8Array(rows.length));
  return writer.finish();
}

describe('a stream of the Native format', () => {
  it('is cut where blocks end, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), fc.integer({ min: 1, max: 200 }), (blocks, pieceLength) => {
        const encoded = blocks.map(block);
        const all = Buffer.concat(encoded);
        const ends = new Set([0]);
        for (const { length } of encoded) {
          ends.add(Math.max(...ends) + length);
        }
        const cutter = new NativeBlockCutter();
        const parts: Uint8Array[] = [];
        let at = 0;
        for (let start = 0; start < all.length; start += pieceLength) {
          const whole = cutter.push(all.subarray(start, start + pieceLength));
          if (whole !== undefined) {
            parts.push(whole);
            at += whole.length;
            expect(ends).toContain(at);
          }
        }
        expect(Buffer.concat([...parts, cutter.end()]).equals(all)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('with a column of a type that nobody reads is refused', () => {
    const writer = new NativeBlockWriter();
    writer.start(1, 1);
    writer.column('json', 'JSON');
    writer.texts(['{}']);
    expect(() => new NativeBlockCutter().push(writer.finish())).toThrow('a type that is not read: JSON');
  });
});
