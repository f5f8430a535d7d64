import { rm, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Message, Receipt } from '../../driver.ts';
import type { WaitingInLane } from './fair-lanes.ts';
import { closeFile, cutFile, openFile, syncData, writeFully } from './file-access.ts';
import { FRAME_HEAD_BYTES } from './frame.ts';
import { GroupCommit } from './group-commit.ts';
import { OpenFiles } from './open-files.ts';
import { type OpenedSegments, openSegments } from './open-segments.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { salvageSegment } from './salvage-segment.ts';
import { createSegment, type LogPlace, type Segment, segmentPath } from './segment.ts';
import { encodeGap, encodeMessage, encodeSeal, SEAL_FRAME_BYTES } from './segment-record.ts';
import { Serial } from './serial.ts';

/** What is appended: a message with its receipts, or numbers to be left out. */
export type LogItem =
  | { readonly message: Message; readonly receipts: readonly Receipt[]; readonly isReplay: boolean }
  | { readonly skipTo: LogPlace };

/** What a log needs to know. */
export interface SegmentLogOptions {
  readonly directory: string;
  readonly segmentBytesMax: number;
  readonly report: RecoveryReport;
  readonly nowMs: () => number;
  /** Called in the log's order once a group is durable, before its appends resolve. */
  readonly onCommit: (items: readonly LogItem[], messages: readonly WaitingInLane[], end: LogPlace) => void;
}

/** More in one commit gains nothing and makes the ones behind it wait. */
const GROUP_LIMITS = { countMax: 4096, bytesMax: 4 * 1024 ** 2 };

/** The append-only log of one stream: numbered messages in segment files. */
export class SegmentLog {
  readonly files = new OpenFiles();
  /** Messages from this number on were appended in this process's life. */
  readonly firstNewSeq: number;
  /** Files whose messages are not part of the log although they may have to be (`adoptStray`). */
  readonly strays: readonly string[];
  private readonly options: SegmentLogOptions;
  private readonly segments: Segment[];
  private readonly group: GroupCommit<LogItem, number>;
  private fd: number;
  /** Bytes may lie after the active segment's last durable record: left by a commit that failed. */
  private unclean = false;
  /** Commits, rolls and salvages: one at a time. */
  private readonly writing = new Serial();

  private constructor(options: SegmentLogOptions, { segments, strays }: OpenedSegments, fd: number) {
    this.options = options;
    this.segments = segments;
    this.strays = strays;
    this.fd = fd;
    this.firstNewSeq = this.active.end.seq;
    this.group = new GroupCommit(
      (items) => this.writing.run(() => this.commit(items)),
      (item) => ('message' in item ? item.message.body.byteLength : 0),
      GROUP_LIMITS,
    );
  }

  static async open(options: SegmentLogOptions): Promise<SegmentLog> {
    const opened = await openSegments(options.directory, options.report);
    const active = opened.segments.at(-1);
    if (active === undefined) {
      throw new Error('a log has at least one segment');
    }
    return new SegmentLog(options, opened, await openFile(active.path, 'r+'));
  }

  /** What comes after the last durable message. */
  get end(): LogPlace {
    return this.active.end;
  }

  /** The first message still kept, or `end`. */
  get start(): LogPlace {
    const { base, baseBytes } = (this.segments[0] ?? this.active).header;
    return { seq: base, bytes: baseBytes };
  }

  /** Whether the segment that takes appends has none yet. */
  get isActiveEmpty(): boolean {
    return this.active.end.seq === this.active.header.base;
  }

  /** Resolves with the message's number once it is durable. The body must not change until then. */
  append(message: Message, receipts: readonly Receipt[]): Promise<number> {
    return this.group.add({ message, receipts, isReplay: false });
  }

  /** The same for a message that was delivered before. */
  appendAgain(message: Message, receipts: readonly Receipt[]): Promise<number> {
    return this.group.add({ message, receipts, isReplay: true });
  }

  /** Leaves out numbers that were given before to messages which are lost, so that nobody who has seen those takes a new message for an old one. */
  async skipTo(place: LogPlace): Promise<void> {
    await this.group.add({ skipTo: place });
  }

  /** The segment that holds a number. */
  segmentOf(seq: number): Segment {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.segments[middle]?.header.base ?? 0) <= seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.segments[Math.max(0, low - 1)] ?? this.active;
  }

  /** The segments that hold `seq` and what follows it. */
  segmentsFrom(seq: number): readonly Segment[] {
    return this.segments.slice(this.segments.indexOf(this.segmentOf(seq)));
  }

  /** Replaces a segment in which something cannot be read by what can be. */
  salvage(damaged: Segment): Promise<void> {
    return this.writing.run(async () => {
      if (damaged.retired) {
        return;
      }
      if (damaged === this.active) {
        await this.roll();
      }
      const index = this.segments.indexOf(damaged);
      const { path, header, size, end } = damaged;
      const fileBytes = size + SEAL_FRAME_BYTES;
      const mended = await salvageSegment({ path, header, fileBytes, next: end }, this.options.report);
      this.segments[index] = mended;
      damaged.retired = true;
      this.files.forget(path);
    });
  }

  /** How many segments hold nothing after `seq`, and so may go. */
  removable(seq: number): number {
    let count = 0;
    while ((this.segments[count + 1]?.header.base ?? Number.POSITIVE_INFINITY) <= seq + 1) {
      count += 1;
    }
    return count;
  }

  /** Deletes the oldest segments. */
  async removeFirst(count: number): Promise<void> {
    // In turn with salvages, which put another segment in one's place.
    const removed = await this.writing.run(async () => this.segments.splice(0, count));
    for (const segment of removed) {
      segment.retired = true;
    }
    for (const { path } of removed) {
      this.files.forget(path);
      await unlink(path);
    }
  }

  /** Starts a new segment, so that the present one can be deleted. */
  async startSegment(): Promise<void> {
    await this.writing.run(async () => {
      if (!this.isActiveEmpty) {
        await this.roll();
      }
    });
  }

  async close(): Promise<void> {
    await this.group.settled();
    await this.writing.settled();
    await this.files.close();
    await closeFile(this.fd);
  }

  private get active(): Segment {
    return this.segments[this.segments.length - 1] as Segment;
  }

  private async commit(items: readonly LogItem[]): Promise<readonly number[]> {
    const bytes = items.reduce((sum, item) => sum + roughBytes(item), 0);
    if (this.active.end.seq > this.active.header.base && this.active.size + bytes > this.options.segmentBytesMax) {
      await this.roll();
    }
    const segment = this.active;
    const seqs: number[] = [];
    const messages: WaitingInLane[] = [];
    const pieces: Uint8Array[] = [];
    let { size } = segment;
    let place = segment.end;
    const nowMs = this.options.nowMs();
    for (const item of items) {
      const encoded = encodeItem(segment.header.marker, item, place, nowMs);
      seqs.push(place.seq);
      if ('message' in item) {
        const { lane, body } = item.message;
        messages.push({ lane, seq: place.seq, offset: size, bodyBytes: body.byteLength, appendedAtMs: nowMs });
      }
      pieces.push(...encoded.pieces);
      size += encoded.pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
      place = encoded.next;
    }
    await this.write(segment, pieces);
    for (const { seq, offset } of messages) {
      segment.note(seq, offset);
    }
    segment.size = size;
    segment.end = place;
    this.options.onCommit(items, messages, place);
    return seqs;
  }

  /** Writes after the last durable record, durably; when that fails, cuts what was written. */
  private async write(segment: Segment, pieces: readonly Uint8Array[]): Promise<void> {
    if (this.unclean) {
      await cutFile(this.fd, segment.size);
      this.unclean = false;
    }
    try {
      await writeFully(this.fd, joinSmall(pieces), segment.size);
      await syncData(this.fd);
    } catch (error) {
      this.unclean = true;
      await cutFile(this.fd, segment.size).then(
        () => {
          this.unclean = false;
        },
        () => undefined,
      );
      throw error;
    }
  }

  private async roll(): Promise<void> {
    const old = this.active;
    await this.write(old, [encodeSeal(old.header.marker, old.end.seq, old.end.bytes)]);
    let made: number | undefined;
    try {
      const next = await createSegment(this.options.directory, old.end, (fd) => {
        made = fd;
      });
      this.segments.push(next);
    } catch (error) {
      // The seal must not stay, since the next append goes where it is; nor may a file that claims the numbers from there on. Should the file stay all the same, the next start
      // takes it for what it is (`openSegments`).
      this.unclean = true;
      if (made !== undefined) {
        await closeFile(made);
        await rm(segmentPath(this.options.directory, old.end.seq), { force: true }).catch(() => undefined);
      }
      throw new Error(`no segment after ${basename(old.path)} could be made`, { cause: error });
    }
    const { fd } = this;
    this.fd = made ?? fd;
    await closeFile(fd);
  }
}

const JOIN_BYTES_MAX = 64 * 1024;

/** Joins runs of small pieces: writing many small pieces costs more than copying them. */
function joinSmall(pieces: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  const endRun = () => {
    if (run.length > 0) {
      joined.push(run.length === 1 && run[0] !== undefined ? run[0] : Buffer.concat(run));
      run = [];
    }
  };
  for (const piece of pieces) {
    if (piece.byteLength > JOIN_BYTES_MAX) {
      endRun();
      joined.push(piece);
    } else {
      run.push(piece);
    }
  }
  endRun();
  return joined;
}

function roughBytes(item: LogItem): number {
  return FRAME_HEAD_BYTES + ('message' in item ? item.message.body.byteLength + item.message.headers.length : 0);
}

function encodeItem(
  marker: Buffer,
  item: LogItem,
  { seq, bytes }: LogPlace,
  appendedAtMs: number,
): { pieces: Uint8Array[]; next: LogPlace } {
  if ('skipTo' in item) {
    const next = { seq: item.skipTo.seq, bytes: Math.max(bytes, item.skipTo.bytes) };
    const gap = { seq, to: next.seq - 1, bytesBefore: bytes, bytes: next.bytes - bytes };
    return { pieces: [encodeGap(marker, gap)], next };
  }
  const { message, receipts, isReplay } = item;
  const { lane, headers, body } = message;
  const record = { seq, bytesBefore: bytes, appendedAtMs, isReplay, lane, headers, body };
  const next = { seq: seq + 1, bytes: bytes + message.body.byteLength };
  return { pieces: encodeMessage(marker, record, receipts), next };
}
