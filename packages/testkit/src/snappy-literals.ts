// https://github.com/google/snappy/blob/main/format_description.txt

const LITERAL_BYTES_MAX = 60;

/** A snappy block that compresses nothing: literals only. Valid for every decoder, and easy to see through. */
export function snappyLiterals(bytes: Uint8Array): Buffer {
  const parts: Uint8Array[] = [preamble(bytes.length)];
  for (let at = 0; at < bytes.length; at += LITERAL_BYTES_MAX) {
    const literal = bytes.subarray(at, at + LITERAL_BYTES_MAX);
    parts.push(Buffer.from([(literal.length - 1) << 2]), literal);
  }
  return Buffer.concat(parts);
}

function preamble(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}
