import { randomFillSync } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/**
 * A UUIDv7 (RFC 9562 §5.7) of the given Unix ms: rows made later sort later, which keeps primary-key indexes dense. Within one millisecond the order is random.
 * PostgreSQL's own uuidv7() begins with version 18 and we support 15.
 */
export function newId(nowMs: number, fillRandom: (bytes: Uint8Array) => unknown = randomFillSync): string {
  const bytes = Buffer.alloc(16);
  fillRandom(bytes);
  bytes.writeUIntBE(Math.trunc(nowMs), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(HEX, '$1-$2-$3-$4-$5');
}

/** Whether a text is an id of any UUID version: PostgreSQL fails on a query for anything else, where the answer is that there is no such row. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
