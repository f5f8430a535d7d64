// https://protobuf.dev/programming-guides/encoding/, as much as tests write.

/** A field: a number is a varint, a bigint eight fixed bytes, a text or bytes are length-delimited, an array the same field again, `double` eight bytes of a double. */
export type FieldValue = number | bigint | string | Uint8Array | { readonly double: number } | readonly FieldValue[];

/** One message from its field numbers and values. */
export function protobufMessage(fields: Readonly<Record<number, FieldValue>>): Buffer {
  return Buffer.concat(Object.entries(fields).flatMap(([number, value]) => fieldBytes(Number(number), value)));
}

function fieldBytes(number: number, value: FieldValue): Uint8Array[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: FieldValue) => fieldBytes(number, item));
  }
  if (typeof value === 'number') {
    return [varint(number * 8), varint(value)];
  }
  if (typeof value === 'bigint') {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
    return [varint(number * 8 + 1), bytes];
  }
  if (typeof value === 'object' && 'double' in value) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value.double);
    return [varint(number * 8 + 1), bytes];
  }
  const bytes = Buffer.from(value as string | Uint8Array);
  return [varint(number * 8 + 2), varint(bytes.length), bytes];
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}
