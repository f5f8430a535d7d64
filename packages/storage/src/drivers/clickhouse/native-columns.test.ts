import { describe, expect, it } from 'vitest';
import { NativeBlockWriter } from './native-block-writer.ts';
import { readCodedTextLists, readCodedTexts, readTextLists, readTexts } from './native-columns.ts';
import { NativePlace } from './native-place.ts';

/** Numbers of 8 bytes, and texts with their length before them. */
function bytes(...parts: readonly (number | string | Uint8Array)[]): NativePlace {
  return new NativePlace(
    Buffer.concat(
      parts.map((part) => {
        if (typeof part === 'number') {
          return Buffer.from(BigUint64Array.of(BigInt(part)).buffer);
        }
        return typeof part === 'string'
          ? Buffer.concat([Buffer.of(part.length), Buffer.from(part)])
          : Buffer.from(part);
      }),
    ),
  );
}

const CODED_BYTES = 0x600;
const CODED_SHORTS = 0x601;

describe('columns of the Native format', () => {
  it('of texts are read as they were written', () => {
    const texts = ['', 'é', 'x'.repeat(300), '\0', '🦊'];
    const writer = new NativeBlockWriter();
    writer.start(1, texts.length);
    writer.column('t', 'String');
    writer.texts(texts);
    const place = new NativePlace(writer.finish());
    expect([place.varint(), place.varint(), place.text(), place.text()]).toEqual([1, 5, 't', 'String']);
    expect(readTexts(place, 5)).toEqual(texts);
    expect(place.isAtEnd).toBe(true);
  });

  it('of texts with a dictionary: a version, the keys, the places of the rows among them', () => {
    const place = bytes(1, CODED_BYTES, 2, 'a', 'b', 3, Uint8Array.of(1, 0, 1));
    expect(readCodedTexts(place, 3)).toEqual(['b', 'a', 'b']);
    expect(place.isAtEnd).toBe(true);
    const wide = bytes(1, CODED_SHORTS, 1, 'a', 2, new Uint8Array(4));
    expect(readCodedTexts(wide, 2)).toEqual(['a', 'a']);
  });

  it('of lists: where each ends, then their texts', () => {
    const lists = readTextLists(bytes(0, 2, 3, 'a', 'b', 'c'), 3);
    expect([[...lists.ends], lists.texts]).toEqual([
      [0, 2, 3],
      ['a', 'b', 'c'],
    ]);
    const coded = readCodedTextLists(bytes(1, 1, 1, 2, CODED_BYTES, 1, 'a', 2, new Uint8Array(2)), 3);
    expect([[...coded.ends], coded.texts]).toEqual([
      [1, 1, 2],
      ['a', 'a'],
    ]);
    // Lists without a text have no dictionary.
    const empty = bytes(1, 0, 0);
    expect(readCodedTextLists(empty, 2).texts).toEqual([]);
    expect(empty.isAtEnd).toBe(true);
  });

  it('that are something else are refused', () => {
    expect(() => readCodedTexts(bytes(2), 1)).toThrow('another version');
    expect(() => readCodedTexts(bytes(1, 0x100, 1), 1)).toThrow('unknown kind');
    expect(() => readTexts(bytes('a'), 2)).toThrow('ends before');
  });
});
