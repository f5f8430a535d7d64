const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The sixteen bytes of a lower-case UUID, in the order of its text; throws a `TypeError` on anything else. */
export function uuidBytes(text: string): Uint8Array {
  if (!UUID.test(text)) {
    throw new TypeError('not a lower-case UUID');
  }
  return new Uint8Array(Buffer.from(text.replaceAll('-', ''), 'hex'));
}

/** The same as ClickHouse's UUID type lies in memory: two 64-bit halves, each little-endian. */
export function uuidColumnBytes(text: string): Uint8Array {
  const bytes = uuidBytes(text);
  bytes.subarray(0, 8).reverse();
  bytes.subarray(8).reverse();
  return bytes;
}
