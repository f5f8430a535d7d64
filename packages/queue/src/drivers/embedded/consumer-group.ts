import type { Delivery, LaneStats, Message, MessageId } from '../../driver.ts';
import type { WaitingInLane } from './fair-lanes.ts';
import type { GroupJournal } from './group-journal.ts';
import type { GroupState, PendingMessage } from './group-state.ts';
import { IntervalSet } from './interval-set.ts';
import { LaneIndex } from './lane-index.ts';
import { LogCursor, type LogEntry } from './log-cursor.ts';
import { formatMessageId, parseMessageId } from './message-id.ts';
import type { SegmentLog } from './segment-log.ts';
import type { GapRecord, MessageRecord } from './segment-record.ts';
import { Serial } from './serial.ts';

/** What is looked at before others get the thread. */
const STEP_MESSAGES = 512;

/** What a group is made of. */
export interface ConsumerGroupParts {
  readonly log: SegmentLog;
  readonly state: GroupState;
  readonly journal: GroupJournal;
  readonly nowMs: () => number;
  /** Called when messages became acknowledged, so that segments may be deleted. */
  readonly onSettled: () => void;
  /** How many new messages are known by lane; default: a million. */
  readonly lookAheadMax?: number | undefined;
}

/** A consumer group of one stream: its state, kept in memory and journalled, over the stream's log. */
export class ConsumerGroup {
  readonly state: GroupState;
  private readonly parts: ConsumerGroupParts;
  /** New messages are read by one caller at a time, and so are old ones. */
  private readonly reading = new Serial();
  private readonly rereading = new Serial();
  private readonly index: LaneIndex;
  private readonly front: LogCursor;
  private readonly back: LogCursor;
  private oldest: { readonly seq: number; readonly appendedAtMs: number } | undefined;

  constructor(parts: ConsumerGroupParts) {
    this.parts = parts;
    this.state = parts.state;
    const { log, state } = parts;
    this.index = new LaneIndex({
      log,
      fromSeq: state.cursor,
      isGiven: (seq) => state.isGiven(seq),
      onGap: ({ seq, to, bytes }) => this.pass(seq, to, bytes),
      lookAheadMax: parts.lookAheadMax,
    });
    this.front = new LogCursor(log, state.cursor);
    this.back = new LogCursor(log, state.cursor);
  }

  /** Finds the messages that were pending when the process died; those that are lost count as acknowledged. */
  async locatePending(): Promise<void> {
    for (const message of [...this.state.pendingMessages()]) {
      const entry = await this.reread(message);
      if (entry !== undefined) {
        const { lane, body, appendedAtMs, location } = entry;
        this.state.locate(message, { lane, bodyBytes: body.byteLength, appendedAtMs, location });
      }
    }
  }

  /** Whether there may be messages that were never given out. */
  get hasNew(): boolean {
    return this.index.hasSome;
  }

  /** To be told of every commit, in order. */
  follow(messages: readonly WaitingInLane[]): void {
    this.index.follow(messages);
  }

  /** Gives out new messages. */
  async take(countMax: number, bytesMax: number): Promise<Delivery[]> {
    const { journal } = this.parts;
    if (!this.hasNew) {
      return [];
    }
    const { taken, recorded } = await this.reading.run(async () => {
      const taken = await this.takeNew(countMax, bytesMax);
      if (taken.length === 0) {
        return { taken, recorded: undefined };
      }
      const ranges = rangesOf(taken);
      const again = rangesOf(taken.filter((record) => this.firstCountOf(record) > 1));
      const change = { k: 'take', ranges } as const;
      return { taken, recorded: journal.record(again.length === 0 ? change : { ...change, again }) };
    });
    await recorded;
    return taken.map((record) => deliveryOf(record, this.firstCountOf(record)));
  }

  /** Gives out messages again that were delivered `idleMs` ago or earlier. */
  async claim(idleMs: number, countMax: number, bytesMax: number): Promise<Delivery[]> {
    const { nowMs, journal } = this.parts;
    const claimed = this.state.idle(nowMs(), idleMs, countMax, bytesMax);
    if (claimed.length === 0) {
      return [];
    }
    for (const message of claimed) {
      this.state.claim(message, nowMs());
    }
    await journal.record({ k: 'claim', seqs: claimed.map(({ seq }) => seq) });
    const deliveries: Delivery[] = [];
    for (const message of claimed.sort((a, b) => a.seq - b.seq)) {
      const record = await this.rereading.run(() => this.reread(message));
      if (record !== undefined) {
        deliveries.push(deliveryOf(record, message.deliveryCount));
      }
    }
    return deliveries;
  }

  /** Acknowledges; gives how many of the messages were pending. */
  ack(ids: readonly MessageId[]): Promise<number> {
    return this.ackNumbers(ids.map(parseMessageId).filter((seq) => seq !== undefined));
  }

  async ackNumbers(seqs: readonly number[]): Promise<number> {
    const before = this.state.pendingCount;
    const change = this.state.ack(seqs);
    if (change === undefined) {
      return 0;
    }
    const settled = before - this.state.pendingCount;
    this.parts.onSettled();
    await this.parts.journal.record(change);
    return settled;
  }

  /** Acknowledges everything of a lane that is in the log now, given out or not; how many messages. */
  async forgetLane(lane: string): Promise<number> {
    return this.reading.run(async () => {
      const { log, state, journal, onSettled } = this.parts;
      const endSeq = log.end.seq;
      const inLog = await this.messagesOf(lane, endSeq);
      // Only now: what was held may have been acknowledged meanwhile.
      const open = inLog.filter(({ seq }) => state.find(seq) !== undefined || !state.isGiven(seq));
      if (open.length === 0) {
        return 0;
      }
      const ranges = rangesOf(open);
      const bytes = open.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
      this.index.drop(lane, endSeq);
      for (const [from, to] of ranges) {
        state.pass(from, to, 0);
      }
      state.ackedBytes += bytes;
      onSettled();
      await journal.record({ k: 'ack', ranges, bytes });
      return open.length;
    });
  }

  /** A pending message, to be buried. */
  async find(id: MessageId): Promise<(Message & { readonly seq: number }) | undefined> {
    const seq = parseMessageId(id);
    const message = seq === undefined ? undefined : this.state.find(seq);
    return message && this.rereading.run(() => this.reread(message));
  }

  /** When the oldest message that is not acknowledged was appended; undefined when there is none. */
  async oldestAppendedAtMs(): Promise<number | undefined> {
    const seq = this.state.floor + 1;
    const pending = this.state.find(seq);
    if (pending !== undefined) {
      return pending.appendedAtMs;
    }
    if (seq >= this.parts.log.end.seq) {
      return undefined;
    }
    if (this.oldest?.seq !== seq) {
      const entry = await this.rereading.run(() => this.lookAt(seq));
      this.oldest = { seq, appendedAtMs: entry?.kind === 'message' ? entry.appendedAtMs : this.parts.nowMs() };
    }
    return this.oldest?.appendedAtMs;
  }

  /** What a lane has that is not acknowledged. */
  async laneStats(lane: string): Promise<LaneStats> {
    if (this.index.canCatchUp) {
      await this.reading.run(() => this.index.catchUp());
    }
    const held = this.state.heldIn(lane);
    const { count, bytes, oldestAtMs } = this.index.waitingIn(lane);
    const oldestAgeMs = oldestAtMs === undefined ? 0 : Math.max(0, this.parts.nowMs() - oldestAtMs);
    return { depth: held.count + count, bytes: held.bytes + bytes, oldestAgeMs };
  }

  async close(): Promise<void> {
    await this.reading.settled();
    await this.rereading.settled();
    await this.parts.journal.close();
  }

  /** What was there before this process began may have been delivered although the journal does not say so: its latest entries are what a power cut or a full disk takes. */
  private firstCountOf({ seq, isReplay }: MessageRecord): number {
    return isReplay || seq < this.parts.log.firstNewSeq ? 2 : 1;
  }

  private async takeNew(countMax: number, bytesMax: number): Promise<MessageRecord[]> {
    const waiting = await this.index.take(countMax, bytesMax);
    const taken: MessageRecord[] = [];
    try {
      for (const { seq, offset, lane } of waiting) {
        const entry = await this.readNew(seq, offset);
        if (entry?.kind === 'message') {
          const { appendedAtMs, location } = entry;
          const bodyBytes = entry.body.byteLength;
          const deliveryCount = this.firstCountOf(entry);
          this.state.deliver({ seq, lane, deliveryCount, appendedAtMs, bodyBytes, location }, this.parts.nowMs());
          taken.push(entry);
        } else {
          this.passLost(seq, entry);
        }
      }
    } catch (error) {
      this.index.putBack(waiting.filter(({ seq }) => !this.state.isGiven(seq)));
      // A failure must not take along what was taken before it; it will show again.
      if (taken.length === 0) {
        throw error;
      }
    }
    return taken;
  }

  /** A lane's messages before `endSeq` that are not known to be done with. The log says which, for the index may not know them all. */
  private async messagesOf(lane: string, endSeq: number): Promise<WaitingInLane[]> {
    const { log, state } = this.parts;
    const found: WaitingInLane[] = [];
    const cursor = new LogCursor(log, state.floor + 1);
    for (let seq = state.floor + 1, steps = 1; seq < endSeq; steps += 1) {
      if (seq <= state.floor) {
        // Its segment may be deleted.
        seq = state.floor + 1;
        cursor.moveTo(seq);
        continue;
      }
      const head = cursor.peekHead() ?? (await cursor.nextHead());
      if (head === undefined) {
        break;
      }
      seq = head.kind === 'gap' ? head.to + 1 : head.seq + 1;
      if (head.kind === 'message' && head.lane === lane) {
        found.push(head);
      }
      if (steps % STEP_MESSAGES === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return found;
  }

  private readNew(seq: number, offset: number): Promise<LogEntry | undefined> {
    const segment = this.parts.log.segmentOf(seq);
    this.front.moveTo(seq, segment.isMended ? undefined : { segment, offset });
    return this.front.next();
  }

  /** The record of a pending message; when it is lost the message counts as acknowledged. */
  private async reread(message: PendingMessage) {
    const entry = await this.lookAt(message.seq, message);
    if (entry?.kind === 'message') {
      return entry;
    }
    this.passLost(message.seq, entry);
    return undefined;
  }

  private lookAt(seq: number, at?: PendingMessage): Promise<LogEntry | undefined> {
    this.back.moveTo(seq, at?.location);
    return this.back.next();
  }

  private passLost(seq: number, gap: GapRecord | undefined): void {
    this.pass(seq, seq, gap?.to === seq ? gap.bytes : 0);
  }

  /** These numbers hold no message, or none any more. */
  private pass(seq: number, to: number, bytes: number): void {
    this.state.pass(seq, to, bytes);
    this.parts.onSettled();
    void this.parts.journal.record({ k: 'ack', ranges: [[seq, to]], bytes });
  }
}

function rangesOf(records: readonly Pick<MessageRecord, 'seq'>[]): [number, number][] {
  const set = new IntervalSet();
  for (const { seq } of records) {
    set.add(seq, seq);
  }
  return set.ranges();
}

function deliveryOf(record: MessageRecord, deliveryCount: number): Delivery {
  const { lane, headers, body, appendedAtMs } = record;
  return { id: formatMessageId(record.seq), lane, headers, body, appendedAtMs, deliveryCount };
}
