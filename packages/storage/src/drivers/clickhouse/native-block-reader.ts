import { NativePlace } from './native-place.ts';

/*
 * ClickHouse's Native format: https://clickhouse.com/docs/en/interfaces/formats/Native
 * A column of fixed width is memory as it lies, so reading it is one copy; `native-columns.ts` reads others.
 */

/** A block's rows; per column the memory of its values, in a buffer of its own. */
export interface NativeBlock {
  readonly rows: number;
  readonly columns: readonly ArrayBuffer[];
}

/** Reads blocks joined end to end. `widths` are the columns' bytes a value; throws on anything else than such blocks. */
export function* readNativeBlocks(bytes: Uint8Array, widths: readonly number[]): Generator<NativeBlock> {
  for (const { rows, place } of eachNativeBlock(bytes, widths.length)) {
    yield { rows, columns: widths.map((width) => readColumn(place, () => place.take(rows * width))) };
  }
}

/** Goes through blocks that have rows; every column of one must be read by `readColumn` before the next. */
export function* eachNativeBlock(
  bytes: Uint8Array,
  columnCount: number,
): Generator<{ readonly rows: number; readonly place: NativePlace }> {
  const place = new NativePlace(bytes);
  while (!place.isAtEnd) {
    const count = place.varint();
    const rows = place.varint();
    if (count === 0 && rows === 0) {
      continue;
    }
    if (count !== columnCount) {
      throw new Error(`a block of ${count} columns instead of ${columnCount}`);
    }
    yield { rows, place };
  }
}

/** Reads the next column of a block. */
export function readColumn<Values>(place: NativePlace, read: () => Values): Values {
  place.skipText();
  place.skipText();
  return read();
}
