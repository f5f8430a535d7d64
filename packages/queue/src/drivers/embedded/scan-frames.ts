import type { Frame, FrameReader } from './frame-reader.ts';

/** What a scan met besides intact frames. */
export interface FrameScan {
  /** Where the last intact frame ends. */
  readonly end: number;
  /** Bytes after that: a write that a crash cut off, or garbage. */
  readonly tornBytes: number;
  /** Stretches of bytes that are no frames although intact frames follow: damage, not a crash. */
  readonly damages: readonly { readonly from: number; readonly to: number }[];
}

/** Visits every intact frame between `from` and `limit`, whatever lies between them. */
export async function scanFrames(
  reader: FrameReader,
  from: number,
  limit: number,
  visit: (frame: Frame, offset: number) => void | Promise<void>,
): Promise<FrameScan> {
  const damages: { from: number; to: number }[] = [];
  let at = from;
  while (at < limit) {
    const frame = await reader.frameAt(at, limit);
    if (frame !== undefined) {
      await visit(frame, at);
      at = frame.end;
      continue;
    }
    const next = await reader.findFrame(at + 1, limit);
    if (next === undefined) {
      break;
    }
    damages.push({ from: at, to: next });
    at = next;
  }
  return { end: at, tornBytes: Math.max(0, limit - at), damages };
}
