import type { NativePlace } from './native-place.ts';

/*
 * Columns of the Native format whose values differ in length. LowCardinality: a version, then keys and the rows' places among them.
 * https://clickhouse.com/docs/en/native-protocol/columns
 */

/** Lists of texts, one after the other: row r has those from `ends[r - 1]` to before `ends[r]`. */
export interface TextLists {
  readonly ends: Float64Array;
  readonly texts: readonly string[];
}

const LOW_CARDINALITY_VERSION = 1;
const HAS_KEYS = 0x200;
const INDEX_TYPES = [Uint8Array, Uint16Array, Uint32Array] as const;

/** A column of type String. */
export function readTexts(place: NativePlace, rows: number): readonly string[] {
  const texts = new Array<string>(rows);
  for (let row = 0; row < rows; row += 1) {
    texts[row] = place.text();
  }
  return texts;
}

/** A column of type LowCardinality(String): a text that comes again is the same string. */
export function readCodedTexts(place: NativePlace, rows: number): readonly string[] {
  readVersion(place, rows);
  return readCoded(place, rows);
}

/** A column of type Array(String). */
export function readTextLists(place: NativePlace, rows: number): TextLists {
  const ends = readEnds(place, rows);
  return { ends, texts: readTexts(place, ends[rows - 1] ?? 0) };
}

/** A column of type Array(LowCardinality(String)). */
export function readCodedTextLists(place: NativePlace, rows: number): TextLists {
  readVersion(place, rows);
  const ends = readEnds(place, rows);
  return { ends, texts: readCoded(place, ends[rows - 1] ?? 0) };
}

function readEnds(place: NativePlace, rows: number): Float64Array {
  return Float64Array.from(new BigUint64Array(place.take(rows * 8)), Number);
}

function readVersion(place: NativePlace, rows: number): void {
  if (rows > 0 && place.uint64() !== LOW_CARDINALITY_VERSION) {
    throw new Error('a dictionary-coded column of another version');
  }
}

function readCoded(place: NativePlace, count: number): readonly string[] {
  const texts: string[] = [];
  while (texts.length < count) {
    const kind = place.uint64();
    const IndexArray = INDEX_TYPES[kind & 0xff];
    if (IndexArray === undefined || (kind & HAS_KEYS) === 0) {
      throw new Error('a dictionary-coded column of an unknown kind');
    }
    const keys = readTexts(place, place.uint64());
    const rows = place.uint64();
    for (const index of new IndexArray(place.take(rows * IndexArray.BYTES_PER_ELEMENT))) {
      texts.push(keys[index] ?? '');
    }
  }
  return texts;
}
