const BYTES_INITIAL = 4096;
/** Longer pieces are copied by the engine, shorter ones faster here. */
const COPY_HERE_BYTES_MAX = 64;
const VARINT_PAYLOAD = 128;

/** Bytes that are written one after another into memory that is used again. */
export class ByteRun {
  bytes = Buffer.allocUnsafe(BYTES_INITIAL);
  view = viewOf(this.bytes);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** A number below 2^31 as a varint. */
  varint(value: number): void {
    let rest = value;
    while (rest >= VARINT_PAYLOAD) {
      this.byte((rest & 127) | VARINT_PAYLOAD);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  copy(source: Buffer, start: number, end: number): void {
    const count = end - start;
    this.#reserve(count);
    const { bytes } = this;
    let at = this.length;
    this.length = at + count;
    if (count > COPY_HERE_BYTES_MAX) {
      source.copy(bytes, at, start, end);
      return;
    }
    for (let from = start; from < end; from += 1) {
      bytes[at] = source[from] ?? 0;
      at += 1;
    }
  }

  #reserve(count: number): void {
    if (this.length + count > this.bytes.length) {
      const larger = Buffer.allocUnsafe((this.length + count) * 2);
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
      this.view = viewOf(larger);
    }
  }
}

/** A view of a buffer's bytes. */
export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
