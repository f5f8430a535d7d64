/** A place in bytes of the Native format that moves on as values are read; throws when they end too early. */
export class NativePlace {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Bytes before it. */
  get offset(): number {
    return this.#at;
  }

  skip(length: number): void {
    this.#advance(length);
  }

  varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 0x80) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) {
        throw new TruncatedBlockError();
      }
      this.#at += 1;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) {
        return value;
      }
    }
  }

  /** A UInt64 of at most 53 bits. */
  uint64(): number {
    return Number(new BigUint64Array(this.take(8))[0]);
  }

  text(): string {
    const length = this.varint();
    const start = this.#advance(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** Names and types: the statement has said what they are. */
  skipText(): void {
    this.#advance(this.varint());
  }

  take(length: number): ArrayBuffer {
    const start = this.#advance(length);
    const taken = new ArrayBuffer(length);
    new Uint8Array(taken).set(this.#bytes.subarray(start, start + length));
    return taken;
  }

  #advance(length: number): number {
    const start = this.#at;
    if (start + length > this.#bytes.length) {
      throw new TruncatedBlockError();
    }
    this.#at = start + length;
    return start;
  }
}

/** Blocks end before what they promised. */
export class TruncatedBlockError extends Error {
  override readonly name = 'TruncatedBlockError';

  constructor() {
    super('a block ends before its columns do');
  }
}
