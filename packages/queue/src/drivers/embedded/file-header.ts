import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { MARKER_BYTES } from './frame.ts';

// The first 64 bytes of every file of ours: magic 8 | marker 8 | base f64 | baseBytes f64 | zeros | CRC-32 u32. Little-endian.

export const HEADER_BYTES = 64;
const MAGIC = Buffer.from('AEGISQ1\n');
const BASE_AT = MAGIC.length + MARKER_BYTES;
const SUM_AT = HEADER_BYTES - 4;

/** What a file says of itself. */
export interface FileHeader {
  /** Begins every frame of the file. */
  readonly marker: Buffer;
  /** The first sequence number that the file may hold. */
  readonly base: number;
  /** Bytes of all bodies of the stream before this file; 0 where that means nothing. */
  readonly baseBytes: number;
}

/** A header with a marker of its own. */
export function newFileHeader(base: number, baseBytes = 0): FileHeader {
  return { marker: randomBytes(MARKER_BYTES), base, baseBytes };
}

export function encodeFileHeader({ marker, base, baseBytes }: FileHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.set(MAGIC, 0);
  bytes.set(marker, MAGIC.length);
  bytes.writeDoubleLE(base, BASE_AT);
  bytes.writeDoubleLE(baseBytes, BASE_AT + 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, SUM_AT)), SUM_AT);
  return bytes;
}

/** The header in the first 64 bytes; undefined when they are damaged or too few. */
export function decodeFileHeader(bytes: Buffer): FileHeader | undefined {
  if (bytes.length < HEADER_BYTES || crc32(bytes.subarray(0, SUM_AT)) !== bytes.readUInt32LE(SUM_AT)) {
    return undefined;
  }
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    return undefined;
  }
  return {
    marker: Buffer.from(bytes.subarray(MAGIC.length, BASE_AT)),
    base: bytes.readDoubleLE(BASE_AT),
    baseBytes: bytes.readDoubleLE(BASE_AT + 8),
  };
}
