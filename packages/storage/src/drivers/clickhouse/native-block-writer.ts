/*
 * ClickHouse's Native format, one block: https://clickhouse.com/docs/en/interfaces/formats/Native
 * Columnar and typed, so the engine copies instead of parsing: a third of the CPU of JSONEachRow or TSV (ADR 0004). Blocks joined end to end are a valid input.
 */

/** Scratch space kept between blocks; a larger one is let go, so that one huge batch does not pin its memory. */
const SCRATCH_BYTES_KEPT = 16 * 1024 * 1024;
const VARINT_BYTES_MAX = 10;
/** Lengths of texts up to this are written from a table, as characters 0–255 in front of the text. */
const PREFIX_LENGTH_MAX = 16_383;

const PREFIXES = Array.from({ length: PREFIX_LENGTH_MAX + 1 }, (_, length) =>
  length < 0x80 ? String.fromCharCode(length) : String.fromCharCode((length & 0x7f) | 0x80, length >> 7),
);

let scratch = Buffer.allocUnsafeSlow(1024 * 1024);

/** Arrays whose memory is a column. */
export type FixedWidthArray =
  | Uint8Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Writes one block at a time. Not reentrant: all writers of a thread share the scratch space between `start` and `finish`. */
export class NativeBlockWriter {
  #bytes = scratch;
  #end = 0;

  /** Begins a block. */
  start(columnCount: number, rowCount: number): void {
    this.#bytes = scratch;
    this.#end = 0;
    this.#varint(columnCount);
    this.#varint(rowCount);
  }

  /** Bytes of the block in a buffer of their own, which may be transferred to another thread. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#bytes.subarray(0, this.#end));
    scratch = this.#bytes.length <= SCRATCH_BYTES_KEPT ? this.#bytes : Buffer.allocUnsafeSlow(1024 * 1024);
    return bytes;
  }

  /** Begins a column; its values must follow. */
  column(name: string, type: string): void {
    this.#text(name);
    this.#text(type);
  }

  /** Values of fixed width, as they lie in memory. Little-endian, like every machine that Node's binaries of ours run on. */
  fixed(values: FixedWidthArray): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Room for values of fixed width, to be filled before anything else is written. */
  room(byteLength: number): DataView {
    this.#reserve(byteLength);
    const start = this.#end;
    this.#end += byteLength;
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, byteLength);
  }

  /** The same bytes in every row. */
  repeated(value: Uint8Array, count: number): void {
    const length = value.length * count;
    this.#reserve(length);
    const start = this.#end;
    this.#end += length;
    // What is there is doubled: a copy for each row would cost more than all its bytes.
    this.#bytes.set(count === 0 ? [] : value, start);
    for (let done = value.length; done < length; done *= 2) {
      this.#bytes.copyWithin(start + done, start, start + Math.min(done, length - done));
    }
  }

  /**
   * A column of texts. Values and the lengths before them are joined first and written at once, because a call into the engine per value costs more than its copy. That
   * works while every character is one byte: then the whole, encoded as UTF-8, would be longer by exactly the length bytes above 0x7f.
   */
  texts(values: readonly string[]): void {
    const joined = joinPrefixed(values);
    if (joined === undefined) {
      for (const value of values) {
        this.#text(value);
      }
      return;
    }
    this.#reserve(joined.length);
    this.#end += this.#bytes.write(joined, this.#end, joined.length, 'latin1');
  }

  #text(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.#varint(length);
    this.#reserve(length);
    this.#end += this.#bytes.write(value, this.#end, length, 'utf8');
  }

  // LEB128, least significant seven bits first.
  #varint(value: number): void {
    this.#reserve(VARINT_BYTES_MAX);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#end] = (rest & 0x7f) | 0x80;
      this.#end += 1;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#end] = rest;
    this.#end += 1;
  }

  #reserve(count: number): void {
    const needed = this.#end + count;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#end));
      this.#bytes = larger;
    }
  }
}

/** All values, each after its length, as characters 0–255; undefined when a value is not ASCII or too long for that. */
function joinPrefixed(values: readonly string[]): string | undefined {
  let joined = '';
  let highPrefixes = 0;
  for (const value of values) {
    const prefix = PREFIXES[value.length];
    if (prefix === undefined) {
      return undefined;
    }
    highPrefixes += prefix.length - 1;
    joined += prefix + value;
  }
  return Buffer.byteLength(joined, 'utf8') === joined.length + highPrefixes ? joined : undefined;
}
