import { readFully } from './file-access.ts';
import { FrameReader } from './frame-reader.ts';
import type { Segment } from './segment.ts';
import type { SegmentLog } from './segment-log.ts';
import { decodeRecord, type GapRecord, type MessageRecord, spanOf } from './segment-record.ts';

/** Where a record lies. It holds as long as the segment is not retired. */
export interface RecordLocation {
  readonly segment: Segment;
  readonly offset: number;
}

/** What a cursor comes upon. */
export type LogEntry = (MessageRecord & { readonly location: RecordLocation }) | GapRecord;

interface Seat {
  readonly segment: Segment;
  readonly reader: FrameReader;
  offset: number;
}

/** Walks over a stream's log, one caller at a time. */
export class LogCursor {
  private readonly log: SegmentLog;
  private seq: number;
  private seat: Seat | undefined;

  constructor(log: SegmentLog, seq: number) {
    this.log = log;
    this.seq = seq;
  }

  /** Makes `seq` the next one; `location` spares the search. */
  moveTo(seq: number, location?: RecordLocation): void {
    const segment = location?.segment.retired === false ? location.segment : this.log.segmentOf(seq);
    const known = location?.segment === segment ? location.offset : undefined;
    if (this.seat?.segment !== segment) {
      this.seat = this.sit(segment, known ?? segment.offsetBefore(seq));
    } else if (known !== undefined) {
      this.seat.offset = known;
    } else if (seq !== this.seq) {
      const ahead = seq > this.seq ? this.seat.offset : 0;
      this.seat.offset = Math.max(ahead, segment.offsetBefore(seq));
    }
    this.seq = seq;
  }

  /** The next entry; undefined at the log's end. On damage the segment is salvaged first, so what follows it is not lost. */
  async next(): Promise<LogEntry | undefined> {
    while (this.seq < this.log.end.seq) {
      const seat = this.seated();
      const frame = seat.reader.peek(seat.offset) ?? (await seat.reader.frameAt(seat.offset, seat.segment.size));
      if (frame === undefined) {
        await this.log.salvage(seat.segment);
        this.seat = undefined;
        continue;
      }
      const span = spanOf(frame.payload);
      if (span.lastSeq < this.seq) {
        seat.segment.note(span.seq, seat.offset);
        seat.offset = frame.end;
        continue;
      }
      return this.entryOf(frame.payload, frame.end, span.lastSeq);
    }
    return undefined;
  }

  private entryOf(payload: Buffer, end: number, lastSeq: number): LogEntry {
    const { segment, offset } = this.seated();
    const record = decodeRecord(payload);
    if (record.kind === 'seal') {
      throw new Error(`segment ${segment.path} has a seal among its records`);
    }
    if (record.seq > this.seq) {
      // No record says that these are missing: nothing of ours writes such a file, but a reader that waited for them would wait for ever.
      const gap = {
        kind: 'gap',
        seq: this.seq,
        to: record.seq - 1,
        bytesBefore: record.bytesBefore,
        bytes: 0,
      } as const;
      this.seq = record.seq;
      return gap;
    }
    segment.note(record.seq, offset);
    if (this.seat !== undefined) {
      this.seat.offset = end;
    }
    const from = this.seq;
    this.seq = lastSeq + 1;
    return record.kind === 'gap' ? { ...record, seq: from } : { ...record, location: { segment, offset } };
  }

  private seated(): Seat {
    const { seat } = this;
    if (seat === undefined || seat.segment.retired || this.seq >= seat.segment.end.seq) {
      const segment = this.log.segmentOf(this.seq);
      this.seat = this.sit(segment, segment.offsetBefore(this.seq));
      return this.seat;
    }
    return seat;
  }

  private sit(segment: Segment, offset: number): Seat {
    const { files } = this.log;
    const readAt = (target: Uint8Array, position: number) =>
      files.use(segment.path, (fd) => readFully(fd, target, position));
    return { segment, reader: new FrameReader(readAt, segment.header.marker), offset };
  }
}
