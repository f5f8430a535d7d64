import type { Message, Receipt } from '../../driver.ts';
import { FRAME_HEAD_BYTES, frameHead, writeFrameHead } from './frame.ts';

// The payload of a segment's frame: type u8 | seq f64 | bytesBefore f64 | then
//   message, or one that was a dead letter: appendedAtMs f64 | headers length u32 | receipts length u32 | lane length u8 | lane | headers | receipts (JSON, or nothing) | body
//   the same as older versions wrote them: without the lane and its length
//   gap:     to f64 | bytes f64
//   seal:    nothing
// Every record says how many bytes of bodies came before it, so that bytes can be counted from any place on.

/** A message as the log keeps it. */
export interface MessageRecord extends Message {
  readonly kind: 'message';
  readonly seq: number;
  /** Bytes of all bodies of the stream before this one. */
  readonly bytesBefore: number;
  readonly appendedAtMs: number;
  /** It was delivered before, as another message: a dead letter that was replayed, or a record that was put in its place in the log again. */
  readonly isReplay: boolean;
}

/** Numbers that hold no message: lost to damage. */
export interface GapRecord {
  readonly kind: 'gap';
  /** From `seq` to `to`, both inclusive. */
  readonly seq: number;
  readonly to: number;
  readonly bytesBefore: number;
  /** Bytes of the lost bodies. */
  readonly bytes: number;
}

/** The last record of a segment that is written no more; `seq` and `bytesBefore` are those that the next segment begins with. */
interface SealRecord {
  readonly kind: 'seal';
  readonly seq: number;
  readonly bytesBefore: number;
}

/** One record of a segment. */
export type SegmentRecord = MessageRecord | GapRecord | SealRecord;

const MESSAGE = 1;
const GAP = 2;
const SEAL = 3;
const REPLAY = 4;
const MESSAGE_IN_LANE = 5;
const REPLAY_IN_LANE = 6;
const COMMON_BYTES = 17;
const LANE_AT = COMMON_BYTES + 16;
/** Bodies up to this are copied next to their head: fewer, larger pieces to write. */
const COPIED_BODY_BYTES_MAX = 16 * 1024;

/** What comes before the headers has at most so many bytes. */
export const RECORD_HEAD_BYTES = LANE_AT + 1 + 64;

/** Length of a seal with its frame. */
export const SEAL_FRAME_BYTES = FRAME_HEAD_BYTES + COMMON_BYTES;

/** The frame of a message, in pieces to be written one after the other. The body is not copied unless it is small. */
export function encodeMessage(
  marker: Uint8Array,
  record: Omit<MessageRecord, 'kind'>,
  receipts: readonly Receipt[],
): Uint8Array[] {
  const headers = Buffer.from(record.headers);
  const kept = receipts.length === 0 ? '' : JSON.stringify(receipts);
  const keptBytes = Buffer.byteLength(kept);
  const { body } = record;
  const bodyCopied = body.byteLength <= COPIED_BODY_BYTES_MAX;
  const laneEnd = LANE_AT + 1 + record.lane.length;
  const headLength = laneEnd + headers.length + keptBytes;
  const piece = Buffer.allocUnsafe(FRAME_HEAD_BYTES + headLength + (bodyCopied ? body.byteLength : 0));
  const payload = piece.subarray(FRAME_HEAD_BYTES);
  payload.writeUInt8(record.isReplay ? REPLAY_IN_LANE : MESSAGE_IN_LANE, 0);
  payload.writeDoubleLE(record.seq, 1);
  payload.writeDoubleLE(record.bytesBefore, 9);
  payload.writeDoubleLE(record.appendedAtMs, COMMON_BYTES);
  payload.writeUInt32LE(headers.length, COMMON_BYTES + 8);
  payload.writeUInt32LE(keptBytes, COMMON_BYTES + 12);
  payload.writeUInt8(record.lane.length, LANE_AT);
  payload.write(record.lane, LANE_AT + 1, 'latin1');
  payload.set(headers, laneEnd);
  payload.write(kept, laneEnd + headers.length);
  if (bodyCopied) {
    payload.set(body, headLength);
    writeFrameHead(piece, marker, [payload]);
    return [piece];
  }
  writeFrameHead(piece, marker, [payload, body]);
  return [piece, body];
}

/** The frame of a gap. */
export function encodeGap(marker: Uint8Array, gap: Omit<GapRecord, 'kind'>): Buffer {
  const payload = Buffer.alloc(COMMON_BYTES + 16);
  payload.writeUInt8(GAP, 0);
  payload.writeDoubleLE(gap.seq, 1);
  payload.writeDoubleLE(gap.bytesBefore, 9);
  payload.writeDoubleLE(gap.to, COMMON_BYTES);
  payload.writeDoubleLE(gap.bytes, COMMON_BYTES + 8);
  return Buffer.concat([frameHead(marker, [payload]), payload]);
}

/** The frame of a seal. */
export function encodeSeal(marker: Uint8Array, seq: number, bytesBefore: number): Buffer {
  const payload = Buffer.alloc(COMMON_BYTES);
  payload.writeUInt8(SEAL, 0);
  payload.writeDoubleLE(seq, 1);
  payload.writeDoubleLE(bytesBefore, 9);
  return Buffer.concat([frameHead(marker, [payload]), payload]);
}

/** Reads the payload of an intact frame. The body is a copy, alone in its ArrayBuffer. */
export function decodeRecord(payload: Buffer): SegmentRecord {
  const base = { seq: payload.readDoubleLE(1), bytesBefore: payload.readDoubleLE(9) };
  switch (payload.readUInt8(0)) {
    case MESSAGE:
    case REPLAY:
    case MESSAGE_IN_LANE:
    case REPLAY_IN_LANE: {
      const type = payload.readUInt8(0);
      const laneEnd = laneEndOf(payload);
      const headersEnd = laneEnd + payload.readUInt32LE(COMMON_BYTES + 8);
      return {
        kind: 'message',
        ...base,
        appendedAtMs: appendedAtMsOf(payload),
        isReplay: type === REPLAY || type === REPLAY_IN_LANE,
        lane: laneOf(payload),
        headers: payload.toString('utf8', laneEnd, headersEnd),
        body: new Uint8Array(payload.subarray(headersEnd + payload.readUInt32LE(COMMON_BYTES + 12))),
      };
    }
    case GAP:
      return {
        kind: 'gap',
        ...base,
        to: payload.readDoubleLE(COMMON_BYTES),
        bytes: payload.readDoubleLE(COMMON_BYTES + 8),
      };
    case SEAL:
      return { kind: 'seal', ...base };
    default:
      throw new Error(`a queue segment holds a record of type ${payload.readUInt8(0)}: written by a newer version`);
  }
}

/** The little that walking over records needs. */
export interface RecordSpan {
  readonly kind: SegmentRecord['kind'];
  readonly seq: number;
  /** The last number that the record covers; one less than `seq` for a seal. */
  readonly lastSeq: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Reads a record's span without copying anything; the first `RECORD_HEAD_BYTES` of the payload will do. */
export function spanOf(payload: Buffer, payloadBytes = payload.length): RecordSpan {
  const seq = payload.readDoubleLE(1);
  const bytesBefore = payload.readDoubleLE(9);
  switch (payload.readUInt8(0)) {
    case GAP: {
      const bytes = payload.readDoubleLE(COMMON_BYTES + 8);
      return {
        kind: 'gap',
        seq,
        lastSeq: payload.readDoubleLE(COMMON_BYTES),
        bytesBefore,
        bytesAfter: bytesBefore + bytes,
      };
    }
    case SEAL:
      return { kind: 'seal', seq, lastSeq: seq - 1, bytesBefore, bytesAfter: bytesBefore };
    default:
      return {
        kind: 'message',
        seq,
        lastSeq: seq,
        bytesBefore,
        bytesAfter: bytesBefore + bodyLength(payload, payloadBytes),
      };
  }
}

/** The lane of a message's payload; '' in one that an older version wrote. */
export function laneOf(payload: Buffer): string {
  return payload.toString('latin1', LANE_AT + 1, laneEndOf(payload));
}

/** When a message's payload was appended. */
export function appendedAtMsOf(payload: Buffer): number {
  return payload.readDoubleLE(COMMON_BYTES);
}

/** Where the headers begin. */
function laneEndOf(payload: Buffer): number {
  return payload.readUInt8(0) >= MESSAGE_IN_LANE ? LANE_AT + 1 + payload.readUInt8(LANE_AT) : LANE_AT;
}

function bodyLength(payload: Buffer, payloadBytes: number): number {
  const headers = payload.readUInt32LE(COMMON_BYTES + 8);
  return payloadBytes - laneEndOf(payload) - headers - payload.readUInt32LE(COMMON_BYTES + 12);
}

/** The receipts of a message's payload. */
export function receiptsOf(payload: Buffer): Receipt[] {
  if (spanOf(payload).kind !== 'message') {
    return [];
  }
  const start = laneEndOf(payload) + payload.readUInt32LE(COMMON_BYTES + 8);
  const length = payload.readUInt32LE(COMMON_BYTES + 12);
  return length === 0 ? [] : JSON.parse(payload.toString('utf8', start, start + length));
}
