import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { closeFile, cutFile, openFile, readFully, syncData } from './file-access.ts';
import { decodeFileHeader, type FileHeader, HEADER_BYTES, newFileHeader } from './file-header.ts';
import { MARKER_BYTES } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { salvageSegment } from './salvage-segment.ts';
import { scanFrames } from './scan-frames.ts';
import { baseOfFile, createSegment, type LogPlace, Segment, segmentPath } from './segment.ts';
import { SEAL_FRAME_BYTES, spanOf } from './segment-record.ts';

/** What is found in a stream's folder. */
export interface OpenedSegments {
  /** Oldest first; the last one takes appends. */
  readonly segments: Segment[];
  /** Files that begin before the segment before them ends. */
  readonly strays: readonly string[];
}

/**
 * Opens the segments of a stream, oldest first, and mends what a crash or a bad disk left. The last one takes appends. Sealed segments are not read through: that would take long when
 * much is waiting; damage inside them is found when it is read (`SegmentLog.salvage`).
 */
export async function openSegments(directory: string, report: RecoveryReport): Promise<OpenedSegments> {
  const found: number[] = [];
  for (const file of await readdir(directory)) {
    const base = baseOfFile(file);
    if (base !== undefined) {
      found.push(base);
    } else if (file.endsWith('.seg.tmp')) {
      await rm(join(directory, file));
    }
  }
  const { bases, strays } = await leaveOutStrays(
    directory,
    found.sort((a, b) => a - b),
  );
  const lastBase = bases.pop();
  if (lastBase === undefined) {
    return { segments: [await createSegment(directory, { seq: 1, bytes: 0 })], strays };
  }
  const sealed = await Promise.all(bases.map((base) => openSealed(segmentPath(directory, base))));
  const tail = await openLast(directory, lastBase, sealed.at(-1)?.end.bytes, report);
  const segments = [...tail];
  for (const [index, base] of [...bases.entries()].reverse()) {
    const next = segments[0]?.header;
    const place = next && { seq: next.base, bytes: next.baseBytes };
    const start = sealed[index - 1]?.end.bytes;
    segments.unshift(sealed[index] ?? (await mend(segmentPath(directory, base), base, start, place, report)));
  }
  return { segments, strays };
}

/**
 * A segment that could not be made durable may have stayed while appends went on in the one before it. Taken for a part of the log it would hide the records there whose numbers it claims,
 * and have those numbers given a second time.
 */
async function leaveOutStrays(directory: string, found: readonly number[]) {
  const bases: number[] = [];
  const strays: string[] = [];
  let endSeq = 0;
  for (const [index, base] of found.entries()) {
    const path = segmentPath(directory, base);
    if (base < endSeq) {
      strays.push(path);
    } else {
      bases.push(base);
      endSeq = index + 1 < found.length ? await endOf(path, base) : base;
    }
  }
  return { bases, strays };
}

/** What comes after the last record that can be read, without mending anything. */
async function endOf(path: string, base: number): Promise<number> {
  const sealed = await openSealed(path);
  if (sealed !== undefined) {
    return sealed.end.seq;
  }
  return withFile(path, async (fd, fileBytes) => {
    const header = (await readHeader(fd)) ?? (await guessHeader(fd, fileBytes, base));
    let endSeq = base;
    if (header !== undefined) {
      await scanFrames(frameReader(fd, header.marker), HEADER_BYTES, fileBytes, ({ payload }) => {
        endSeq = Math.max(endSeq, spanOf(payload).lastSeq + 1);
      });
    }
    return endSeq;
  });
}

/** A segment that says of itself that it is complete; undefined when it does not. */
async function openSealed(path: string): Promise<Segment | undefined> {
  return withFile(path, async (fd, fileBytes) => {
    const header = await readHeader(fd);
    const sealAt = fileBytes - SEAL_FRAME_BYTES;
    if (header === undefined || sealAt < HEADER_BYTES) {
      return undefined;
    }
    const frame = await frameReader(fd, header.marker).frameAt(sealAt, fileBytes);
    const span = frame && spanOf(frame.payload);
    if (span?.kind !== 'seal') {
      return undefined;
    }
    const segment = new Segment(path, header);
    segment.size = sealAt;
    segment.end = { seq: span.seq, bytes: span.bytesBefore };
    return segment;
  });
}

/** The last segment, read through, and one to append to if it cannot be that. */
async function openLast(
  directory: string,
  base: number,
  baseBytes: number | undefined,
  report: RecoveryReport,
): Promise<Segment[]> {
  const path = segmentPath(directory, base);
  const { segment, sealed, damaged } = await readThrough(path, report);
  if (segment !== undefined && !damaged) {
    return sealed ? [segment, await createSegment(directory, segment.end)] : [segment];
  }
  const mended = await mend(path, base, baseBytes, undefined, report);
  const active = await createSegment(directory, mended.end);
  return active.path === mended.path ? [active] : [mended, active];
}

async function readThrough(
  path: string,
  report: RecoveryReport,
): Promise<{ segment?: Segment; sealed: boolean; damaged: boolean }> {
  return withFile(path, async (fd, fileBytes) => {
    const header = await readHeader(fd);
    if (header === undefined) {
      return { sealed: false, damaged: true };
    }
    const segment = new Segment(path, header);
    let sealed = false;
    const scan = await scanFrames(
      frameReader(fd, header.marker),
      HEADER_BYTES,
      fileBytes,
      ({ payload, end }, offset) => {
        const span = spanOf(payload);
        sealed = span.kind === 'seal';
        if (!sealed) {
          segment.note(span.seq, offset);
          segment.size = end;
          segment.end = { seq: span.lastSeq + 1, bytes: span.bytesAfter };
        }
      },
    );
    if (scan.tornBytes > 0 && scan.damages.length === 0) {
      await cutFile(fd, scan.end);
      await syncData(fd);
      report.cut(basename(path), scan.tornBytes);
    }
    return { segment, sealed, damaged: scan.damages.length > 0 };
  });
}

async function mend(
  path: string,
  base: number,
  baseBytes: number | undefined,
  next: LogPlace | undefined,
  report: RecoveryReport,
): Promise<Segment> {
  const fileBytes = (await stat(path)).size;
  const header = await withFile(path, async (fd) => (await readHeader(fd)) ?? (await guessHeader(fd, fileBytes, base)));
  return salvageSegment({ path, header: header ?? newFileHeader(base, baseBytes ?? 0), fileBytes, next }, report);
}

/** The header as the first record shows it: the frame at that place was written by us, so its marker can be believed. */
async function guessHeader(fd: number, fileBytes: number, base: number): Promise<FileHeader | undefined> {
  const marker = Buffer.alloc(MARKER_BYTES);
  if ((await readFully(fd, marker, HEADER_BYTES)) < MARKER_BYTES) {
    return undefined;
  }
  const frame = await frameReader(fd, marker).frameAt(HEADER_BYTES, fileBytes);
  return frame && { marker, base, baseBytes: spanOf(frame.payload).bytesBefore };
}

async function readHeader(fd: number): Promise<FileHeader | undefined> {
  const bytes = Buffer.alloc(HEADER_BYTES);
  return (await readFully(fd, bytes, 0)) < HEADER_BYTES ? undefined : decodeFileHeader(bytes);
}

function frameReader(fd: number, marker: Buffer): FrameReader {
  return new FrameReader((bytes, position) => readFully(fd, bytes, position), marker);
}

async function withFile<T>(path: string, work: (fd: number, fileBytes: number) => Promise<T>): Promise<T> {
  const fd = await openFile(path, 'r+');
  try {
    return await work(fd, (await stat(path)).size);
  } finally {
    await closeFile(fd);
  }
}
