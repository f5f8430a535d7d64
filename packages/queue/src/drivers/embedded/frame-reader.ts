import { claimedLength, FRAME_HEAD_BYTES, isIntact, MARKER_BYTES } from './frame.ts';

/** Fills a buffer from a position of a file; gives the number of bytes that there were. */
export type ReadAt = (target: Uint8Array, position: number) => Promise<number>;

/** An intact frame. The payload is a view that holds until the reader is asked again. */
export interface Frame {
  readonly payload: Buffer;
  /** Where the next frame begins. */
  readonly end: number;
}

/** The beginning of a frame; the payload is a view like a frame's, of its first bytes at least. */
export interface FrameHead extends Frame {
  readonly payloadBytes: number;
}

/** What is read where only heads are wanted: many small frames at once, and little of a large one. */
const HEAD_WINDOW_BYTES = 64 * 1024;

/** Large enough that reading on costs one system call per many small frames. */
const WINDOW_BYTES = 1024 ** 2;

/** Reads frames of one file through a window of bounded size. Not for use by two callers at once. */
export class FrameReader {
  private readonly readAt: ReadAt;
  private readonly marker: Buffer;
  private window: Buffer | undefined;
  private windowStart = 0;
  private windowEnd = 0;

  constructor(readAt: ReadAt, marker: Buffer) {
    this.readAt = readAt;
    this.marker = marker;
  }

  /** The frame at `offset` if it is in the window, without waiting; undefined says nothing else. */
  peek(offset: number): Frame | undefined {
    if (this.window === undefined || offset < this.windowStart || offset + FRAME_HEAD_BYTES > this.windowEnd) {
      return undefined;
    }
    const at = offset - this.windowStart;
    const length = claimedLength(this.window, at, this.marker);
    const end = offset + FRAME_HEAD_BYTES + (length ?? 0);
    if (length === undefined || end > this.windowEnd || !isIntact(this.window, at, length)) {
      return undefined;
    }
    return { payload: this.window.subarray(at + FRAME_HEAD_BYTES, end - this.windowStart), end };
  }

  /** The frame at `offset`; undefined when there is no intact one that ends at or before `limit`. Bytes before `limit` must never change. */
  async frameAt(offset: number, limit: number): Promise<Frame | undefined> {
    const ready = this.peek(offset);
    if (ready !== undefined) {
      return ready.end <= limit ? ready : undefined;
    }
    await this.fill(offset, limit);
    if (this.window === undefined || this.windowEnd - offset < FRAME_HEAD_BYTES) {
      return undefined;
    }
    const length = claimedLength(this.window, 0, this.marker);
    const end = offset + FRAME_HEAD_BYTES + (length ?? 0);
    if (length === undefined || end > limit) {
      return undefined;
    }
    return end <= this.windowEnd ? this.peek(offset) : this.readLarge(offset, length);
  }

  /** The frame at `offset` if its first `headBytes` of payload are in the window, or the whole. What it says is not checked against its sum. */
  peekHead(offset: number, headBytes: number): FrameHead | undefined {
    const at = offset - this.windowStart;
    const atHand = this.windowEnd - offset - FRAME_HEAD_BYTES;
    if (this.window === undefined || at < 0 || atHand < 0) {
      return undefined;
    }
    const payloadBytes = claimedLength(this.window, at, this.marker);
    if (payloadBytes === undefined || atHand < Math.min(headBytes, payloadBytes)) {
      return undefined;
    }
    const start = at + FRAME_HEAD_BYTES;
    const payload = this.window.subarray(start, start + Math.min(payloadBytes, atHand));
    return { payload, end: offset + FRAME_HEAD_BYTES + payloadBytes, payloadBytes };
  }

  /** The same after reading a little; undefined when no frame begins there. */
  async headAt(offset: number, headBytes: number, limit: number): Promise<FrameHead | undefined> {
    await this.fill(offset, Math.min(limit, offset + HEAD_WINDOW_BYTES));
    return this.peekHead(offset, headBytes);
  }

  /** Where the first intact frame at or after `from` begins; undefined when there is none. */
  async findFrame(from: number, limit: number): Promise<number | undefined> {
    let at = from;
    while (at + FRAME_HEAD_BYTES <= limit) {
      await this.fill(at, limit);
      const found = this.window?.subarray(0, this.windowEnd - at).indexOf(this.marker) ?? -1;
      if (found >= 0) {
        const candidate = at + found;
        if ((await this.frameAt(candidate, limit)) !== undefined) {
          return candidate;
        }
        at = candidate + 1;
      } else if (this.windowEnd - at < MARKER_BYTES) {
        return undefined;
      } else {
        at = this.windowEnd - MARKER_BYTES + 1;
      }
    }
    return undefined;
  }

  private async fill(offset: number, limit: number): Promise<void> {
    this.window ??= Buffer.allocUnsafeSlow(WINDOW_BYTES);
    this.windowStart = offset;
    this.windowEnd = offset;
    const wanted = Math.max(0, Math.min(WINDOW_BYTES, limit - offset));
    this.windowEnd += await this.readAt(this.window.subarray(0, wanted), offset);
  }

  private async readLarge(offset: number, payloadLength: number): Promise<Frame | undefined> {
    const bytes = Buffer.allocUnsafeSlow(FRAME_HEAD_BYTES + payloadLength);
    const count = await this.readAt(bytes, offset);
    if (count < bytes.length || !isIntact(bytes, 0, payloadLength)) {
      return undefined;
    }
    return { payload: bytes.subarray(FRAME_HEAD_BYTES), end: offset + bytes.length };
  }
}
