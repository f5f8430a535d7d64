import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForgottenLane, LaneStats, MessageId, QueueStats } from '../../driver.ts';
import type { QueueLogger } from '../../queue-logger.ts';
import { adoptStray } from './adopt-stray.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { DeadLetterLog } from './dead-letter-log.ts';
import type { WaitingInLane } from './fair-lanes.ts';
import { makePrivateDirectory, readFully } from './file-access.ts';
import { HEADER_BYTES } from './file-header.ts';
import { fileNameOf, nameOfFile } from './file-name.ts';
import { FrameReader } from './frame-reader.ts';
import { GroupJournal } from './group-journal.ts';
import { GroupState } from './group-state.ts';
import { LogCursor, type LogEntry } from './log-cursor.ts';
import { QuietTimer } from './quiet-timer.ts';
import type { ReceiptIndex } from './receipt-index.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { scanFrames } from './scan-frames.ts';
import type { LogPlace } from './segment.ts';
import { type LogItem, SegmentLog } from './segment-log.ts';
import { receiptsOf } from './segment-record.ts';
import { Serial } from './serial.ts';
import { WakeUp } from './wake-up.ts';

const JOURNAL_SUFFIX = '.journal';
/** Under a trickle that never pauses so long as `quietMs`, files are emptied after so many times that. */
const QUIET_FACTOR_MAX = 10;

/** What a stream shares with the others. */
export interface EmbeddedStreamOptions {
  readonly name: string;
  readonly directory: string;
  readonly segmentBytesMax: number;
  /** How long nothing must have come before files that hold only what is done with are emptied. */
  readonly quietMs: number;
  readonly deadBytesMax: number;
  readonly deadMsMax: number;
  /** Told how many dead letters were dropped for their age or for want of room. */
  readonly onDropped: (count: number) => void;
  readonly receipts: ReceiptIndex;
  readonly report: RecoveryReport;
  readonly logger: QueueLogger;
  readonly nowMs: () => number;
}

/** One stream: its log, its groups and its dead letters, in a folder of its own. */
export class EmbeddedStream {
  readonly log: SegmentLog;
  readonly dead: DeadLetterLog;
  readonly appended = new WakeUp();
  private readonly options: EmbeddedStreamOptions;
  private readonly groups = new Map<string, Promise<ConsumerGroup>>();
  private readonly opened: ConsumerGroup[] = [];
  private readonly burying = new Serial();
  private readonly trimming = new Serial();
  private readonly quiet: QuietTimer;
  private trimScheduled = false;
  private leavingFails = false;

  private constructor(options: EmbeddedStreamOptions, log: SegmentLog, dead: DeadLetterLog) {
    this.options = options;
    this.log = log;
    this.dead = dead;
    this.quiet = new QuietTimer(options.quietMs, QUIET_FACTOR_MAX * options.quietMs, () => this.leaveUsedSegment());
  }

  static async open(options: EmbeddedStreamOptions): Promise<EmbeddedStream> {
    const { directory, segmentBytesMax, report, nowMs, receipts, name } = options;
    await makePrivateDirectory(directory);
    let stream: EmbeddedStream | undefined;
    const onCommit = (items: readonly LogItem[], messages: readonly WaitingInLane[], end: LogPlace) => {
      receipts.add(
        name,
        items.flatMap((item) => ('receipts' in item ? item.receipts : [])),
        end.seq,
      );
      stream?.onCommit(messages);
    };
    const log = await SegmentLog.open({ directory, segmentBytesMax, report, nowMs, onCommit });
    const path = join(directory, 'dead.log');
    const dead = await DeadLetterLog.open({ ...options, path });
    stream = new EmbeddedStream(options, log, dead);
    // Before anything is deleted.
    await stream.restoreReceipts(receipts.indexedUpTo(name));
    await stream.openGroups();
    // Behind the numbers that groups have seen.
    for (const stray of log.strays) {
      await adoptStray(log, stray, report);
    }
    return stream;
  }

  private onCommit(messages: readonly WaitingInLane[]): void {
    for (const group of this.opened) {
      group.follow(messages);
    }
    this.quiet.postpone();
    this.appended.notify();
  }

  /** The group, made if need be. */
  group(name: string): Promise<ConsumerGroup> {
    let group = this.groups.get(name);
    if (group === undefined) {
      group = this.openGroup(name);
      this.groups.set(name, group);
      group.catch(() => this.groups.delete(name));
    }
    return group;
  }

  /** Moves a pending message to the dead letters; false when it is not pending. */
  async bury(groupName: string, id: MessageId, reason: string): Promise<boolean> {
    const group = await this.group(groupName);
    return this.burying.run(async () => {
      const message = await group.find(id);
      if (message === undefined) {
        return false;
      }
      await this.dead.add(message, reason, { group: groupName, seq: message.seq });
      await group.ack([id]);
      return true;
    });
  }

  /**
   * Appends a dead letter again. The letter is forgotten only when the message is durable: a crash or a full disk in between leaves both, which the letter, still listed, shows. Replaying it
   * then makes another message whose consumer finds the work done, since neither counts as new.
   */
  replay(id: MessageId): Promise<boolean> {
    return this.dead.take(id, (message) => this.log.appendAgain(message, []));
  }

  async stats(groupName: string): Promise<QueueStats> {
    const group = await this.groups.get(groupName);
    await this.dead.dropOld();
    const { end } = this.log;
    const dead = this.dead.count;
    if (group === undefined) {
      const { floor, ackedBytes } = await this.beginning();
      const depth = end.seq - 1 - floor;
      const oldestAgeMs = depth === 0 ? 0 : await this.ageOfFirst(floor + 1);
      return { depth, bytes: end.bytes - ackedBytes, pending: 0, oldestAgeMs, dead };
    }
    const { state } = group;
    const oldest = await group.oldestAppendedAtMs();
    return {
      depth: state.depth(end.seq - 1),
      bytes: Math.max(0, end.bytes - state.ackedBytes),
      pending: state.pendingCount,
      oldestAgeMs: oldest === undefined ? 0 : Math.max(0, this.options.nowMs() - oldest),
      dead,
    };
  }

  async laneStats(groupName: string, lane: string): Promise<LaneStats> {
    const group = await this.groups.get(groupName);
    return group === undefined ? { depth: 0, bytes: 0, oldestAgeMs: 0 } : group.laneStats(lane);
  }

  /** Letters go last: a message that is being buried is then one of them, or acknowledged already. */
  async forgetLane(groupName: string, lane: string): Promise<ForgottenLane> {
    await this.group(groupName);
    let messages = 0;
    for (const group of this.opened) {
      messages += await group.forgetLane(lane);
    }
    const deadLetters = await this.burying.run(() => this.dead.discardLane(lane));
    return { messages, deadLetters };
  }

  /** Puts the receipts of messages from a number on into the index, where they are not there already. */
  async restoreReceipts(fromSeq: number): Promise<void> {
    const { receipts, name, nowMs } = this.options;
    const { end } = this.log;
    for (const segment of this.log.segmentsFrom(fromSeq)) {
      const scan = this.log.files.use(segment.path, async (fd) => {
        const readAt = (target: Uint8Array, position: number) => readFully(fd, target, position);
        const reader = new FrameReader(readAt, segment.header.marker);
        await scanFrames(reader, HEADER_BYTES, segment.size, ({ payload }) => {
          const missing = receiptsOf(payload).filter(
            ({ key, expiresAtMs }) => expiresAtMs > nowMs() && !receipts.find(key),
          );
          receipts.add(name, missing, receipts.indexedUpTo(name));
        });
      });
      await scan.catch((error: unknown) => {
        // Done with and deleted meanwhile.
        if (!segment.retired) {
          throw error;
        }
      });
    }
    receipts.add(name, [], end.seq);
  }

  /** Waits for what is under way, then closes the files. */
  async close(): Promise<void> {
    await this.quiet.stop();
    await this.leaveUsedSegment();
    for (const group of this.opened) {
      await group.close();
    }
    await this.dead.close();
    await this.trimming.settled();
    await this.log.close();
  }

  private async openGroups(): Promise<void> {
    const { directory } = this.options;
    for (const file of await readdir(directory)) {
      const name = file.endsWith(JOURNAL_SUFFIX) ? nameOfFile(file.slice(0, -JOURNAL_SUFFIX.length)) : undefined;
      if (name !== undefined) {
        await this.group(name);
      }
    }
    // A number that a group has seen must not be given to another message, which the group would take for that one.
    const seen = this.opened.map(({ state }) => state.seenEnd);
    const seq = Math.max(this.log.end.seq, ...seen);
    if (seq > this.log.end.seq) {
      await this.log.skipTo({ seq, bytes: Math.max(...this.opened.map(({ state }) => state.ackedBytes)) });
    }
    for (const group of this.opened) {
      await group.locatePending();
    }
    await this.settleBuried();
    await this.leaveUsedSegment();
    this.scheduleTrim();
  }

  /** What is done with must not stay on the disk only because too little came after it to fill a segment: bodies are what clients sent, before it was scrubbed. */
  private async leaveUsedSegment(): Promise<void> {
    const { log, options } = this;
    if (this.isDone() && !log.isActiveEmpty) {
      try {
        await log.startSegment();
        this.leavingFails = false;
      } catch (error) {
        if (!this.leavingFails) {
          options.logger.warn({ err: error, stream: options.name }, 'a used-up queue segment stays for now');
        }
        this.leavingFails = true;
        this.quiet.start();
      }
      this.scheduleTrim();
    }
  }

  /** Whether every group has acknowledged everything. */
  private isDone(): boolean {
    return this.opened.length > 0 && this.opened.every(({ state }) => state.floor + 1 >= this.log.end.seq);
  }

  private async openGroup(name: string): Promise<ConsumerGroup> {
    const { directory, report, logger, nowMs } = this.options;
    const { floor, ackedBytes } = await this.beginning();
    const state = new GroupState(floor, ackedBytes);
    const path = join(directory, `${fileNameOf(name)}${JOURNAL_SUFFIX}`);
    const journal = new GroupJournal({ path, report, logger, snapshot: () => state.snapshot() });
    await journal.open((change) => state.replay(change));
    const { start } = this.log;
    state.raiseFloor(start.seq - 1, start.bytes);
    const onSettled = () => {
      this.scheduleTrim();
      if (this.isDone()) {
        this.quiet.start();
      }
    };
    const group = new ConsumerGroup({ log: this.log, state, journal, nowMs, onSettled });
    this.opened.push(group);
    return group;
  }

  /** Where a new group begins: behind what all the others have acknowledged. */
  private async beginning(): Promise<{ floor: number; ackedBytes: number }> {
    const { start, end } = this.log;
    const floors = this.opened.map(({ state }) => state.floor);
    const floor = floors.length === 0 ? start.seq - 1 : Math.min(...floors);
    if (floor + 1 >= end.seq) {
      return { floor, ackedBytes: end.bytes };
    }
    if (floor < start.seq) {
      return { floor: start.seq - 1, ackedBytes: start.bytes };
    }
    const first = await this.lookAt(floor + 1);
    return { floor, ackedBytes: first?.bytesBefore ?? start.bytes };
  }

  private async ageOfFirst(seq: number): Promise<number> {
    const first = await this.lookAt(seq);
    return first?.kind === 'message' ? Math.max(0, this.options.nowMs() - first.appendedAtMs) : 0;
  }

  private lookAt(seq: number): Promise<LogEntry | undefined> {
    return new LogCursor(this.log, seq).next();
  }

  /** A crash between burying a message and acknowledging it leaves it pending. */
  private async settleBuried(): Promise<void> {
    for (const { group: name, seq } of this.dead.origins()) {
      const group = await this.groups.get(name);
      await group?.ackNumbers([seq]);
    }
  }

  private scheduleTrim(): void {
    if (this.trimScheduled || this.removable() === 0) {
      return;
    }
    this.trimScheduled = true;
    void this.trimming
      .run(() => this.trim())
      .catch((error: unknown) => {
        this.options.logger.warn({ err: error, stream: this.options.name }, 'used-up queue segments cannot be deleted');
      });
  }

  /** How many segments every group is done with. */
  private removable(): number {
    return this.opened.length === 0 ? 0 : this.log.removable(Math.min(...this.opened.map(({ state }) => state.floor)));
  }

  private async trim(): Promise<void> {
    this.trimScheduled = false;
    const count = this.removable();
    // The segments hold receipts. If those cannot be secured because the disk is full, deleting is what helps: only a power cut in the next moments would then lose a receipt.
    await this.options.receipts.secure().catch((error: unknown) => {
      this.options.logger.warn({ err: error, stream: this.options.name }, 'receipts are not flushed to the disk yet');
    });
    await this.log.removeFirst(count);
  }
}
