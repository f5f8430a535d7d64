/*
 * ClickHouse's Native format, blocks of columns of fixed width: https://clickhouse.com/docs/en/interfaces/formats/Native
 * A column is memory as it lies, so reading it is one copy.
 */

/** A block's rows; per column the memory of its values, in a buffer of its own. */
export interface NativeBlock {
  readonly rows: number;
  readonly columns: readonly ArrayBuffer[];
}

/** Reads blocks joined end to end. `widths` are the columns' bytes a value; throws on anything else than such blocks. */
export function* readNativeBlocks(bytes: Uint8Array, widths: readonly number[]): Generator<NativeBlock> {
  const place = new Place(bytes);
  while (!place.isAtEnd) {
    const columnCount = place.varint();
    const rows = place.varint();
    if (columnCount === 0 && rows === 0) {
      continue;
    }
    if (columnCount !== widths.length) {
      throw new Error(`a block of ${columnCount} columns instead of ${widths.length}`);
    }
    const columns = widths.map((width) => {
      place.skipText();
      place.skipText();
      return place.take(rows * width);
    });
    yield { rows, columns };
  }
}

class Place {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 0x80) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) {
        throw truncated();
      }
      this.#at += 1;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) {
        return value;
      }
    }
  }

  /** Names and types: the statement has said what they are. */
  skipText(): void {
    const length = this.varint();
    this.#at += length;
  }

  take(length: number): ArrayBuffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) {
      throw truncated();
    }
    const taken = new ArrayBuffer(length);
    new Uint8Array(taken).set(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return taken;
  }
}

function truncated(): Error {
  return new Error('a block ends before its columns do');
}
