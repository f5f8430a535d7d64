import { rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { closeFile, openFile, readFully, syncData, syncDirectory, writeFully } from './file-access.ts';
import { encodeFileHeader, type FileHeader, HEADER_BYTES } from './file-header.ts';
import { frameHead } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { scanFrames } from './scan-frames.ts';
import { type LogPlace, Segment } from './segment.ts';
import { encodeGap, encodeSeal, type RecordSpan, spanOf } from './segment-record.ts';
import { setAside } from './set-aside.ts';

const FLUSH_BYTES = 1024 ** 2;

/** What is known of a damaged segment. */
export interface DamagedSegment {
  readonly path: string;
  readonly header: FileHeader;
  /** The whole file's length. */
  readonly fileBytes: number;
  /** Where the next segment begins; undefined for the last one. */
  readonly next: LogPlace | undefined;
}

/**
 * Writes what can be read of a damaged segment to a new file, with gaps where records are missing, and sets the damaged one aside. The result is sealed: nothing is appended to it. It
 * stays in order: records that are not after the last one kept are left out.
 */
export async function salvageSegment(damaged: DamagedSegment, report: RecoveryReport): Promise<Segment> {
  const { path, header } = damaged;
  const draft = `${path}.tmp`;
  const [source, target] = await Promise.all([openFile(path, 'r'), openFile(draft, 'w')]);
  const writer = new SalvageWriter(target, header);
  try {
    const reader = new FrameReader((bytes, position) => readFully(source, bytes, position), header.marker);
    await scanFrames(reader, HEADER_BYTES, damaged.fileBytes, ({ payload }) => writer.keep(payload, spanOf(payload)));
    await writer.finish(damaged.next);
    await syncData(target);
  } finally {
    await Promise.all([closeFile(source), closeFile(target)]);
  }
  const aside = await setAside(path);
  await rename(draft, path);
  await syncDirectory(dirname(path));
  const what = `a damaged segment was read as far as possible: ${writer.kept} records kept, ${writer.lost} messages lost`;
  report.damage(basename(path), what, aside);
  return writer.segmentAt(path);
}

class SalvageWriter {
  kept = 0;
  lost = 0;
  private readonly fd: number;
  private readonly header: FileHeader;
  private readonly segment: Segment;
  private pieces: Buffer[];
  private pieceBytes = HEADER_BYTES;
  private written = 0;

  constructor(fd: number, header: FileHeader) {
    this.fd = fd;
    this.header = header;
    this.segment = new Segment('', header);
    this.pieces = [encodeFileHeader(header)];
  }

  async keep(payload: Buffer, span: RecordSpan): Promise<void> {
    if (span.kind === 'seal' || span.seq < this.segment.end.seq) {
      return;
    }
    this.fillUpTo(span.seq, span.bytesBefore);
    this.push(Buffer.concat([frameHead(this.header.marker, [payload]), payload]));
    this.segment.end = { seq: span.lastSeq + 1, bytes: span.bytesAfter };
    this.kept += 1;
    if (this.pieceBytes >= FLUSH_BYTES) {
      await this.flush();
    }
  }

  async finish(next: LogPlace | undefined): Promise<void> {
    if (next !== undefined) {
      this.fillUpTo(next.seq, next.bytes);
    }
    this.segment.size = this.written + this.pieceBytes;
    this.push(encodeSeal(this.header.marker, this.segment.end.seq, this.segment.end.bytes));
    await this.flush();
  }

  segmentAt(path: string): Segment {
    const segment = new Segment(path, this.header);
    segment.isMended = true;
    segment.size = this.segment.size;
    segment.end = this.segment.end;
    return segment;
  }

  private fillUpTo(seq: number, bytes: number): void {
    const { end } = this.segment;
    if (seq > end.seq) {
      const gap = { seq: end.seq, to: seq - 1, bytesBefore: end.bytes, bytes: Math.max(0, bytes - end.bytes) };
      this.push(encodeGap(this.header.marker, gap));
      this.lost += seq - end.seq;
      this.segment.end = { seq, bytes: end.bytes + gap.bytes };
    }
  }

  private push(frame: Buffer): void {
    this.pieces.push(frame);
    this.pieceBytes += frame.length;
  }

  private async flush(): Promise<void> {
    await writeFully(this.fd, [Buffer.concat(this.pieces)], this.written);
    this.written += this.pieceBytes;
    this.pieces = [];
    this.pieceBytes = 0;
  }
}
