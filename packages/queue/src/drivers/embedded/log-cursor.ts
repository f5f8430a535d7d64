import type { WaitingInLane } from './fair-lanes.ts';
import { readFully } from './file-access.ts';
import { type Frame, type FrameHead, FrameReader } from './frame-reader.ts';
import type { Segment } from './segment.ts';
import type { SegmentLog } from './segment-log.ts';
import {
  appendedAtMsOf,
  decodeRecord,
  type GapRecord,
  laneOf,
  type MessageRecord,
  RECORD_HEAD_BYTES,
  spanOf,
} from './segment-record.ts';

/** Where a record lies. It holds as long as the segment is not retired. */
export interface RecordLocation {
  readonly segment: Segment;
  readonly offset: number;
}

/** What a cursor comes upon. */
export type LogEntry = (MessageRecord & { readonly location: RecordLocation }) | GapRecord;

/** What a walk comes upon that leaves the bodies where they are. */
export type LogHead = (WaitingInLane & { readonly kind: 'message' }) | GapRecord;

interface Seat {
  readonly segment: Segment;
  readonly reader: FrameReader;
  offset: number;
}

interface Found {
  readonly frame: Frame;
  readonly seat: Seat;
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
    const found = await this.nextFrame();
    if (found === undefined) {
      return undefined;
    }
    const record = decodeRecord(found.frame.payload);
    if (record.kind === 'message' && record.seq === this.seq) {
      const { segment, offset } = this.leave(found, record.seq);
      return { ...record, location: { segment, offset } };
    }
    return this.gapOf(found);
  }

  /** The same without the body, of which no more than a little is read; whether the record is intact shows when it is read whole. */
  async nextHead(): Promise<LogHead | undefined> {
    if (this.seq >= this.log.end.seq) {
      return undefined;
    }
    const seat = this.seated();
    const frame = await seat.reader.headAt(seat.offset, RECORD_HEAD_BYTES, seat.segment.size);
    const head = frame && this.headOf(frame, seat);
    if (head !== undefined) {
      return head;
    }
    // Not what was expected: the careful way.
    const entry = await this.next();
    if (entry?.kind !== 'message') {
      return entry;
    }
    const { lane, seq, appendedAtMs, body, location } = entry;
    return { kind: 'message', lane, seq, offset: location.offset, bodyBytes: body.byteLength, appendedAtMs };
  }

  /** What `nextHead` gives if it is at hand, without waiting; undefined says nothing else. */
  peekHead(): LogHead | undefined {
    const { seat } = this;
    if (seat === undefined || seat.segment.retired || this.seq >= seat.segment.end.seq) {
      return undefined;
    }
    const frame = seat.reader.peekHead(seat.offset, RECORD_HEAD_BYTES);
    return frame && this.headOf(frame, seat);
  }

  private headOf(frame: FrameHead, seat: Seat): LogHead | undefined {
    const { kind, seq, bytesBefore, bytesAfter } = spanOf(frame.payload, frame.payloadBytes);
    if (kind !== 'message' || seq !== this.seq || bytesAfter < bytesBefore || frame.end > seat.segment.size) {
      return undefined;
    }
    const lane = laneOf(frame.payload);
    const appendedAtMs = appendedAtMsOf(frame.payload);
    const { offset } = this.leave({ frame, seat }, seq);
    return { kind, lane, seq, offset, bodyBytes: bytesAfter - bytesBefore, appendedAtMs };
  }

  /** The frame that holds the next number, or the first one behind it. */
  private async nextFrame(): Promise<Found | undefined> {
    while (this.seq < this.log.end.seq) {
      const seat = this.seated();
      const frame = seat.reader.peek(seat.offset) ?? (await seat.reader.frameAt(seat.offset, seat.segment.size));
      if (frame === undefined) {
        await this.log.salvage(seat.segment);
        this.seat = undefined;
        continue;
      }
      const span = spanOf(frame.payload);
      if (span.lastSeq >= this.seq) {
        return { frame, seat };
      }
      seat.segment.note(span.seq, seat.offset);
      seat.offset = frame.end;
    }
    return undefined;
  }

  private gapOf(found: Found): GapRecord {
    const from = this.seq;
    const record = decodeRecord(found.frame.payload);
    if (record.kind === 'seal') {
      throw new Error(`segment ${found.seat.segment.path} has a seal among its records`);
    }
    if (record.seq > from) {
      // No record says that these are missing: nothing of ours writes such a file, but a reader that waited for them would wait for ever.
      this.seq = record.seq;
      return { kind: 'gap', seq: from, to: record.seq - 1, bytesBefore: record.bytesBefore, bytes: 0 };
    }
    if (record.kind === 'message') {
      throw new Error('a message holds one number');
    }
    this.leave(found, record.to);
    return { ...record, seq: from };
  }

  /** Goes on behind a record; gives where it lies. */
  private leave({ frame, seat }: Found, lastSeq: number): RecordLocation {
    const { segment, offset } = seat;
    segment.note(lastSeq, offset);
    seat.offset = frame.end;
    this.seq = lastSeq + 1;
    return { segment, offset };
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
