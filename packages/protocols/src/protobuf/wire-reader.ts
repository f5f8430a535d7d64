// https://protobuf.dev/programming-guides/encoding/
import { AegisError } from '@aegisguard/model';
import protobuf from 'protobufjs/minimal.js';

/** What the bytes do not obey of the wire format. `decodeProtobuf` makes a client's error of it. */
export class WireError extends Error {}

/** Varints have seven bits a byte. */
const VARINT_BYTES_MAX = 10;
/** Shorter texts are looked up among those read before: names of attributes, and most of their values, come again with each record. Bytes. */
const REMEMBERED_BYTES_MAX = 40;
/** A power of two. */
const REMEMBERED_TEXTS = 512;
const TWO_32 = 4_294_967_296;

const scratch = new DataView(new ArrayBuffer(8));

/**
 * The library's reader with what it lacks: messages inside messages that bound every read, 64-bit numbers without loss, texts that are not made twice. Whatever it
 * throws for bytes that are no message becomes a client's error in `decodeProtobuf`, which makes readers.
 *
 * A message is walked as `while (reader.more()) { const tag = reader.tag(); … default: reader.skipField(tag) }`. Nothing here recurses: only a schema's
 * recursive message needs a bound, in its decoder.
 */
export class WireReader extends protobuf.Reader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #messagesMax: number;
  #messages = 0;
  #remembered: string[] | undefined;
  /** The halves of the varint read last. */
  #low = 0;
  #high = 0;

  /** `messagesMax` bounds how many messages may be entered: a message inside another takes two bytes at least, and much more memory once it is built. */
  constructor(body: Uint8Array, messagesMax: number) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    super(bytes);
    this.#bytes = bytes;
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    this.#messagesMax = messagesMax;
  }

  /** True while the message at hand has another field. */
  more(): boolean {
    return this.pos < this.len;
  }

  /** Goes into the length-delimited field whose tag was just read; reads end where it ends. The answer is for `leave`. */
  enter(): number {
    const end = this.#endOfDelimited();
    this.#messages += 1;
    if (this.#messages > this.#messagesMax) {
      throw new AegisError('body-too-large', {
        detail: `A body has at most ${this.#messagesMax} protocol buffer messages, nested ones included.`,
        members: { limit: this.#messagesMax },
      });
    }
    const outer = this.len;
    this.len = end;
    return outer;
  }

  /** Goes back out of a field, past what was not read of it. */
  leave(outer: number): void {
    this.pos = this.len;
    this.len = outer;
  }

  /** Passes over the value of a field. Groups, deprecated and in no schema of ours, are refused. */
  skipField(tag: number): void {
    if (tag < 8) {
      throw new WireError('a field has the number 0');
    }
    switch (tag & 7) {
      case 0:
        this.#readVarint();
        break;
      case 1:
        this.#advance(8);
        break;
      case 2:
        this.pos = this.#endOfDelimited();
        break;
      case 5:
        this.#advance(4);
        break;
      default:
        throw new WireError(`wire type ${tag & 7} is not supported`);
    }
  }

  /** Passes over a message, field by field: whoever reads them later will find them sound. */
  skipMessage(): void {
    const outer = this.enter();
    while (this.more()) {
      this.skipField(this.tag());
    }
    this.leave(outer);
  }

  /** Passes over a length-delimited field; how many bytes it had. */
  skipDelimited(): number {
    const end = this.#endOfDelimited();
    const length = end - this.pos;
    this.pos = end;
    return length;
  }

  /** A `string`. Bytes that are not UTF-8 become U+FFFD, so that a record is kept for the rest of it. */
  text(): string {
    const end = this.#endOfDelimited();
    const start = this.pos;
    this.pos = end;
    if (start === end) {
      return '';
    }
    return end - start > REMEMBERED_BYTES_MAX ? this.#bytes.toString('utf8', start, end) : this.#shortText(start, end);
  }

  /** `bytes` as lower-case hexadecimal digits. */
  hex(): string {
    const end = this.#endOfDelimited();
    const start = this.pos;
    this.pos = end;
    return this.#bytes.toString('hex', start, end);
  }

  /** `bytes` as base64. */
  base64(): string {
    const end = this.#endOfDelimited();
    const start = this.pos;
    this.pos = end;
    return this.#bytes.toString('base64', start, end);
  }

  override double(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** `fixed64` without loss. */
  fixed64Exact(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  /** `sfixed64` without loss. */
  sfixed64Exact(): bigint {
    return this.#view.getBigInt64(this.#advance(8), true);
  }

  /** `fixed64` as the nearest double. */
  fixed64Number(): number {
    const at = this.#advance(8);
    return this.#view.getUint32(at + 4, true) * TWO_32 + this.#view.getUint32(at, true);
  }

  /** `sfixed64` as the nearest double. */
  sfixed64Number(): number {
    const at = this.#advance(8);
    return this.#view.getInt32(at + 4, true) * TWO_32 + this.#view.getUint32(at, true);
  }

  /** `uint64` without loss. */
  uint64Exact(): bigint {
    this.#readVarint();
    return this.#unsigned();
  }

  /** `int64` without loss. */
  int64Exact(): bigint {
    this.#readVarint();
    return BigInt.asIntN(64, this.#unsigned());
  }

  /** `sint64` without loss. */
  sint64Exact(): bigint {
    this.#readVarint();
    const zigzag = this.#unsigned();
    return (zigzag >> 1n) ^ -(zigzag & 1n);
  }

  /** `int64` as a number where a double holds it exactly. */
  int64Value(): number | bigint {
    this.#readVarint();
    const value = (this.#high | 0) * TWO_32 + this.#low;
    return Number.isSafeInteger(value) ? value : BigInt.asIntN(64, this.#unsigned());
  }

  /** `uint64` as the nearest double. */
  uint64Number(): number {
    this.#readVarint();
    return this.#high * TWO_32 + this.#low;
  }

  /** `int64` as the nearest double. */
  int64Number(): number {
    this.#readVarint();
    return (this.#high | 0) * TWO_32 + this.#low;
  }

  /** Where the field begins that has the next `count` bytes, and goes past it. */
  #advance(count: number): number {
    const start = this.pos;
    if (start + count > this.len) {
      throw new WireError('a field ends beyond its message');
    }
    this.pos = start + count;
    return start;
  }

  #endOfDelimited(): number {
    const length = this.size();
    const end = this.pos + length;
    if (end > this.len) {
      throw new WireError('a field ends beyond its message');
    }
    return end;
  }

  #unsigned(): bigint {
    if (this.#high === 0) {
      return BigInt(this.#low);
    }
    scratch.setUint32(0, this.#high);
    scratch.setUint32(4, this.#low);
    return scratch.getBigUint64(0);
  }

  #readVarint(): void {
    const bytes = this.#bytes;
    const start = this.pos;
    const end = Math.min(this.len, start + VARINT_BYTES_MAX);
    let low = 0;
    let high = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      const shift = (at - start) * 7;
      if (shift < 28) {
        low |= (byte & 127) << shift;
      } else if (shift === 28) {
        low |= (byte & 127) << 28;
        high = (byte & 127) >> 4;
      } else {
        high |= (byte & 127) << (shift - 32);
      }
      if (byte < 128) {
        this.pos = at + 1;
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw new WireError(end === this.len ? 'a number ends beyond its message' : 'a number has more than ten bytes');
  }

  /** Makes the text of a few bytes, or finds it among those made before. Looks at few of them to know where it would be, and at all to know that it is. */
  #shortText(start: number, end: number): string {
    const bytes = this.#bytes;
    const length = end - start;
    const mixed =
      ((bytes[start] ?? 0) * 33) ^ ((bytes[end - 1] ?? 0) * 577) ^ ((bytes[start + (length >>> 1)] ?? 0) * 8209);
    const slot = (mixed ^ ((bytes[end - (length >>> 2) - 1] ?? 0) * 129) ^ (length * 17)) & (REMEMBERED_TEXTS - 1);
    this.#remembered ??= new Array<string>(REMEMBERED_TEXTS).fill('');
    const known = this.#remembered[slot] ?? '';
    if (known.length === length && this.#isAt(known, start)) {
      return known;
    }
    const text = bytes.toString('utf8', start, end);
    // Only ASCII has as many units as bytes, or else nothing but broken bytes, which compare to no unit.
    if (text.length === length) {
      this.#remembered[slot] = text;
    }
    return text;
  }

  #isAt(ascii: string, start: number): boolean {
    const bytes = this.#bytes;
    for (let at = 0; at < ascii.length; at += 1) {
      if (ascii.charCodeAt(at) !== bytes[start + at]) {
        return false;
      }
    }
    return true;
  }
}
