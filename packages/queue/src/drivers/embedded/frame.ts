import { crc32 } from 'node:zlib';

// A frame: marker 8 | payload length u32 | CRC-32 of length and payload u32 | payload. Little-endian.
//
// The marker is random per file. Bodies come from clients, so after damage a search for the next frame must not be led to bytes that a client made look like one: nobody outside
// knows the marker.

export const MARKER_BYTES = 8;
export const FRAME_HEAD_BYTES = MARKER_BYTES + 8;

/** The head of the frame whose payload is `parts` joined. */
export function frameHead(marker: Uint8Array, parts: readonly Uint8Array[]): Buffer {
  const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES);
  writeFrameHead(head, marker, parts);
  return head;
}

/** Writes that head into the first bytes of `target`. */
export function writeFrameHead(target: Buffer, marker: Uint8Array, parts: readonly Uint8Array[]): void {
  let length = 0;
  for (const part of parts) {
    length += part.byteLength;
  }
  target.set(marker, 0);
  target.writeUInt32LE(length, MARKER_BYTES);
  let sum = crc32(target.subarray(MARKER_BYTES, MARKER_BYTES + 4));
  for (const part of parts) {
    sum = crc32(part, sum);
  }
  target.writeUInt32LE(sum, MARKER_BYTES + 4);
}

/** A frame of one small payload, as one buffer. */
export function smallFrame(marker: Uint8Array, payload: Uint8Array): Buffer {
  return Buffer.concat([frameHead(marker, [payload]), payload]);
}

/** The payload's length that a frame at `offset` of `bytes` claims; undefined when no frame of the file begins there. */
export function claimedLength(bytes: Buffer, offset: number, marker: Buffer): number | undefined {
  return bytes.compare(marker, 0, MARKER_BYTES, offset, offset + MARKER_BYTES) === 0
    ? bytes.readUInt32LE(offset + MARKER_BYTES)
    : undefined;
}

/** Whether the whole frame at `offset` of `bytes` is as it was written. */
export function isIntact(bytes: Buffer, offset: number, payloadLength: number): boolean {
  const sumAt = offset + MARKER_BYTES + 4;
  const payload = bytes.subarray(sumAt + 4, sumAt + 4 + payloadLength);
  return crc32(payload, crc32(bytes.subarray(sumAt - 4, sumAt))) === bytes.readUInt32LE(sumAt);
}
