import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { decodeProtobuf } from './decode-protobuf.ts';
import type { WireReader } from './wire-reader.ts';

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}

function fixed64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes;
}

function read<T>(bytes: Iterable<number>, decode: (reader: WireReader) => T): T {
  return decodeProtobuf(Uint8Array.from(bytes), (reader) => {
    const value = decode(reader);
    expect(reader.more()).toBe(false);
    return value;
  });
}

function problem(bytes: Iterable<number>, decode: (reader: WireReader) => unknown): string | undefined {
  try {
    decodeProtobuf(Uint8Array.from(bytes), decode);
  } catch (error) {
    expect(error).toBeInstanceOf(AegisError);
    expect((error as AegisError).code).toBe('invalid-protobuf');
    return (error as AegisError).detail;
  }
  return undefined;
}

const anyUnsigned = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 33n }));
const anySigned = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }),
  fc.constantFrom(2n ** 53n, 2n ** 53n - 1n, -(2n ** 53n), 1n - 2n ** 53n, -1n),
);

describe('64-bit numbers', () => {
  it('unsigned', () => {
    fc.assert(
      fc.property(anyUnsigned, (value) => {
        expect(read(varint(value), (reader) => reader.uint64Exact())).toBe(value);
        expect(read(varint(value), (reader) => reader.uint64Number())).toBe(Number(value));
        expect(read(fixed64(value), (reader) => reader.fixed64Exact())).toBe(value);
        expect(read(fixed64(value), (reader) => reader.fixed64Number())).toBe(Number(value));
      }),
    );
  });

  it('signed', () => {
    fc.assert(
      fc.property(anySigned, (value) => {
        expect(read(varint(value), (reader) => reader.int64Exact())).toBe(value);
        expect(read(varint(value), (reader) => reader.int64Number())).toBe(Number(value));
        expect(read(fixed64(value), (reader) => reader.sfixed64Exact())).toBe(value);
        expect(read(fixed64(value), (reader) => reader.sfixed64Number())).toBe(Number(value));
        expect(read(varint((value << 1n) ^ (value >> 63n)), (reader) => reader.sint64Exact())).toBe(value);
        const isSafe = Number.isSafeInteger(Number(value));
        expect(read(varint(value), (reader) => reader.int64Value())).toBe(isSafe ? Number(value) : value);
      }),
    );
  });

  it('keeps the bits of a double', () => {
    const stale = fixed64(0x7ff0000000000002n);
    const [low, high] = new Uint32Array(Float64Array.of(read(stale, (reader) => reader.double())).buffer);
    expect([low, high]).toEqual([2, 0x7ff00000]);
  });
});

describe('texts', () => {
  it('are what was written, also when they come again', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 })), (some) => {
        const texts = [...some, ...some, ...some.map((text) => text.replaceAll('\0', 'a'))].map((text) =>
          text.toWellFormed(),
        );
        const writer = protobuf.Writer.create();
        for (const text of texts) {
          writer.string(text);
        }
        expect(read(writer.finish(), (reader) => texts.map(() => reader.text()))).toEqual(texts);
      }),
    );
  });

  it('that are not UTF-8 are repaired', () => {
    expect(read([3, 97, 0xff, 98], (reader) => reader.text())).toBe('a\ufffdb');
    const long = new Array<number>(60).fill(0xc0);
    expect(read([60, ...long], (reader) => reader.text())).toBe('\ufffd'.repeat(60));
  });

  it('of bytes', () => {
    expect(read([2, 0x0f, 0xa0], (reader) => reader.hex())).toBe('0fa0');
    expect(read([2, 0x0f, 0xa0], (reader) => reader.base64())).toBe('D6A=');
  });
});

describe('messages', () => {
  it('bound what is read inside them', () => {
    const inside = (decode: (reader: WireReader) => unknown) => (reader: WireReader) => {
      reader.enter();
      decode(reader);
    };
    // One byte of message, then more than enough outside of it.
    const bytes = [1, 0x82, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
    for (const decode of [
      (reader: WireReader) => reader.tag(),
      (reader: WireReader) => reader.uint32(),
      (reader: WireReader) => reader.uint64Exact(),
      (reader: WireReader) => reader.fixed64Exact(),
      (reader: WireReader) => reader.sfixed64Number(),
      (reader: WireReader) => reader.double(),
      (reader: WireReader) => reader.fixed32(),
      (reader: WireReader) => reader.text(),
      (reader: WireReader) => reader.bytes(),
      (reader: WireReader) => reader.enter(),
      (reader: WireReader) => reader.skipDelimited(),
      (reader: WireReader) => reader.bool(),
    ]) {
      expect(problem(bytes, inside(decode))).toMatch(/^At byte \d+: /);
    }
  });

  it('may be left early', () => {
    const rest = read([3, 1, 2, 3, 4], (reader) => {
      const outer = reader.enter();
      reader.uint32();
      reader.leave(outer);
      return reader.uint32();
    });
    expect(rest).toBe(4);
  });

  it('may not reach beyond the one around them', () => {
    expect(problem([2, 5, 1, 1, 1, 1, 1], (reader) => [reader.enter(), reader.enter()])).toBe(
      'At byte 2: a field ends beyond its message.',
    );
  });
});

describe('unknown fields', () => {
  it.each([
    ['varint', [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]],
    ['fixed64', [0x09, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['delimited', [0x0a, 2, 1, 2]],
    ['fixed32', [0x0d, 1, 2, 3, 4]],
  ])('%s is passed over', (_, bytes) => {
    expect(read(bytes, (reader) => reader.skipField(reader.tag()))).toBeUndefined();
    expect(problem(bytes.slice(0, -1), (reader) => reader.skipField(reader.tag()))).toMatch(/ends beyond its message/);
  });

  it.each([
    ['a group', [0x0b, 0x0c], 'At byte 1: wire type 3 is not supported.'],
    ['the end of a group', [0x0c], 'At byte 1: wire type 4 is not supported.'],
    ['wire type 6', [0x0e], 'At byte 1: wire type 6 is not supported.'],
    ['field 0', [0x02, 0], 'At byte 1: a field has the number 0.'],
    ['an endless varint', [0x08, ...new Array<number>(11).fill(0x80)], 'At byte 1: a number has more than ten bytes.'],
    ['an endless tag', new Array<number>(11).fill(0x80), 'At byte 5: invalid tag encoding.'],
  ])('%s is refused', (_, bytes, expected) => {
    expect(problem(bytes, (reader) => reader.skipField(reader.tag()))).toBe(expected);
  });
});

it('does not take our own mistakes for the sender’s', () => {
  const mistake = new TypeError('ours');
  expect(() =>
    decodeProtobuf(new Uint8Array(), () => {
      throw mistake;
    }),
  ).toThrow(mistake);
});
