import { IntervalSet } from './interval-set.ts';
import { LaneTally, type Tally } from './lane-tally.ts';
import type { RecordLocation } from './log-cursor.ts';

/** A message delivered and not acknowledged. */
export interface PendingMessage {
  readonly seq: number;
  lane: string;
  deliveryCount: number;
  deliveredAtMs: number;
  bodyBytes: number;
  appendedAtMs: number;
  location: RecordLocation | undefined;
}

/** Among so many of the messages held longest a claim lets lanes take turns. */
const IDLE_LOOK_MAX = 4096;

/** What is known of a message when it is delivered. */
export type DeliveredMessage = Pick<PendingMessage, 'seq' | 'lane' | 'deliveryCount' | 'bodyBytes' | 'appendedAtMs'> & {
  readonly location: RecordLocation | undefined;
};

/** A change of a group's state, as its journal keeps it. Replaying them in order on the snapshot before them gives the state back. */
export type GroupChange =
  | GroupSnapshot
  /** The numbers of the ranges, both ends inclusive, were given out; those of the ranges `again` with a delivery count of 2. */
  | {
      readonly k: 'take';
      readonly ranges: readonly (readonly [number, number])[];
      readonly again?: readonly (readonly [number, number])[];
    }
  /** The same as versions without lanes wrote it: every number before `to` that was not given out has been. */
  | { readonly k: 'deliver'; readonly to: number; readonly again?: readonly (readonly [number, number])[] }
  | { readonly k: 'claim'; readonly seqs: readonly number[] }
  /** Ranges, both ends inclusive, and the bytes of their bodies. */
  | { readonly k: 'ack'; readonly ranges: readonly (readonly [number, number])[]; readonly bytes: number };

/** A group's whole state. */
export interface GroupSnapshot {
  readonly k: 'snapshot';
  readonly floor: number;
  readonly cursor: number;
  readonly ackedBytes: number;
  readonly acked: readonly (readonly [number, number])[];
  /** Numbers from `cursor` on that were given out; versions without lanes had none. */
  readonly ahead?: readonly (readonly [number, number])[];
  /** Delivery counts above 1. */
  readonly counts: readonly (readonly [number, number])[];
}

/**
 * Who has seen what: a consumer group's state, without files. Numbers up to `floor` are acknowledged, and so are those of `acked` above it; those of the others are
 * pending that are below `cursor` or in `ahead`; the rest was never delivered.
 */
export class GroupState {
  floor: number;
  cursor: number;
  /** Bytes of all bodies of the stream, from its very beginning, that are acknowledged. */
  ackedBytes: number;
  private acked = new IntervalSet();
  private ahead = new IntervalSet();
  /** Ordered by the time of the last delivery. */
  private readonly pending = new Map<number, PendingMessage>();
  /** The pending messages by lane. */
  private held = new LaneTally();

  constructor(floor: number, ackedBytes: number) {
    this.floor = floor;
    this.cursor = floor + 1;
    this.ackedBytes = ackedBytes;
  }

  get pendingCount(): number {
    return this.pending.size;
  }

  pendingMessages(): IterableIterator<PendingMessage> {
    return this.pending.values();
  }

  /** The pending messages of a lane. */
  heldIn(lane: string): Tally {
    return this.held.of(lane);
  }

  find(seq: number): PendingMessage | undefined {
    return this.pending.get(seq);
  }

  /** Messages not acknowledged, when the stream's last number is `lastSeq`. */
  depth(lastSeq: number): number {
    return Math.max(0, lastSeq - this.floor - this.acked.count);
  }

  /** What comes after the last number that was given out. */
  get seenEnd(): number {
    return Math.max(this.cursor, (this.ahead.last ?? 0) + 1);
  }

  /** Whether a number was given out. */
  isGiven(seq: number): boolean {
    return seq < this.cursor || this.ahead.has(seq);
  }

  /** A message that was not given out goes to a consumer. */
  deliver(message: DeliveredMessage, nowMs: number): void {
    this.pending.set(message.seq, { ...message, deliveredAtMs: nowMs });
    this.held.add(message.lane, message.bodyBytes);
    this.giveOut(message.seq, message.seq);
  }

  /** What the log says of a message that is pending since before a restart. */
  locate(
    message: PendingMessage,
    found: Pick<PendingMessage, 'lane' | 'bodyBytes' | 'appendedAtMs' | 'location'>,
  ): void {
    this.held.remove(message.lane, message.bodyBytes);
    Object.assign(message, found);
    this.held.add(message.lane, message.bodyBytes);
  }

  /** Numbers without a message count as delivered and acknowledged. */
  pass(from: number, to: number, bytes: number): void {
    this.giveOut(from, to);
    this.settle(from, to, bytes);
  }

  /**
   * Pending messages that were delivered `idleMs` ago or earlier: up to `countMax`, and until their bodies reach `bytesMax`. Lanes take turns; within one, longest ago first. Of very many only those
   * of longest ago are looked at.
   */
  idle(nowMs: number, idleMs: number, countMax: number, bytesMax: number): PendingMessage[] {
    const lanes = new Map<string, PendingMessage[]>();
    let looked = 0;
    for (const message of this.pending.values()) {
      if (looked >= IDLE_LOOK_MAX || nowMs - message.deliveredAtMs < idleMs) {
        break;
      }
      looked += 1;
      const lane = lanes.get(message.lane);
      if (lane === undefined) {
        lanes.set(message.lane, [message]);
      } else {
        lane.push(message);
      }
    }
    const found: PendingMessage[] = [];
    let bytes = 0;
    for (let turn = 0; found.length < looked; turn += 1) {
      for (const lane of lanes.values()) {
        const message = lane[turn];
        if (found.length >= countMax || bytes >= bytesMax) {
          return found;
        }
        if (message !== undefined) {
          found.push(message);
          bytes += message.bodyBytes;
        }
      }
    }
    return found;
  }

  /** A pending message goes to another consumer. */
  claim(message: PendingMessage, nowMs: number): void {
    message.deliveryCount += 1;
    message.deliveredAtMs = nowMs;
    this.pending.delete(message.seq);
    this.pending.set(message.seq, message);
  }

  /** Acknowledges those of `seqs` that are pending; undefined when none is. */
  ack(seqs: readonly number[]): (GroupChange & { k: 'ack' }) | undefined {
    const ranges = new IntervalSet();
    let bytes = 0;
    for (const seq of seqs) {
      const message = this.pending.get(seq);
      if (message !== undefined) {
        this.settle(seq, seq, message.bodyBytes);
        ranges.add(seq, seq);
        bytes += message.bodyBytes;
      }
    }
    return ranges.count === 0 ? undefined : { k: 'ack', ranges: ranges.ranges(), bytes };
  }

  /** Repeats a change that was made before a restart. Pending messages come out without their place in the log, and as delivered at the beginning of time. */
  replay(change: GroupChange): void {
    switch (change.k) {
      case 'snapshot':
        this.restore(change);
        break;
      case 'deliver':
        this.replayDelivery(this.cursor, change.to - 1, change.again ?? []);
        break;
      case 'take':
        for (const [from, to] of change.ranges) {
          this.replayDelivery(from, to, change.again ?? []);
        }
        break;
      case 'claim':
        for (const seq of change.seqs) {
          const message = this.pending.get(seq);
          if (message !== undefined) {
            message.deliveryCount += 1;
          }
        }
        break;
      case 'ack':
        this.ackedBytes += change.bytes;
        for (const [from, to] of change.ranges) {
          this.giveOut(from, to);
          this.settle(from, to, 0);
        }
        break;
    }
  }

  /** Nothing up to `floor` exists any more. */
  raiseFloor(floor: number, bytes: number): void {
    if (floor > this.floor) {
      this.pass(this.floor + 1, floor, 0);
      this.ackedBytes = Math.max(this.ackedBytes, bytes);
    }
  }

  snapshot(): GroupSnapshot {
    const counts: [number, number][] = [];
    for (const { seq, deliveryCount } of this.pending.values()) {
      if (deliveryCount > 1) {
        counts.push([seq, deliveryCount]);
      }
    }
    const { floor, cursor, ackedBytes } = this;
    return { k: 'snapshot', floor, cursor, ackedBytes, acked: this.acked.ranges(), ahead: this.ahead.ranges(), counts };
  }

  private restore({ floor, cursor, ackedBytes, acked, ahead, counts }: GroupSnapshot): void {
    this.pending.clear();
    this.held = new LaneTally();
    this.acked = new IntervalSet();
    this.ahead = new IntervalSet();
    for (const [from, to] of acked) {
      this.acked.add(from, to);
    }
    this.floor = floor;
    this.cursor = floor + 1;
    this.ackedBytes = ackedBytes;
    for (const [from, to] of [[floor + 1, cursor - 1] as const, ...(ahead ?? [])]) {
      this.replayDelivery(from, to, []);
    }
    for (const [seq, count] of counts) {
      const message = this.pending.get(seq);
      if (message !== undefined) {
        message.deliveryCount = count;
      }
    }
  }

  private replayDelivery(first: number, last: number, again: readonly (readonly [number, number])[]): void {
    const isAgain = (seq: number) => again.some(([from, to]) => from <= seq && seq <= to);
    for (let seq = Math.max(first, this.floor + 1); seq <= last; seq += 1) {
      if (!this.acked.has(seq) && !this.pending.has(seq)) {
        this.pending.set(seq, {
          seq,
          lane: '',
          deliveryCount: isAgain(seq) ? 2 : 1,
          deliveredAtMs: Number.NEGATIVE_INFINITY,
          bodyBytes: 0,
          appendedAtMs: 0,
          location: undefined,
        });
        this.held.add('', 0);
      }
    }
    this.giveOut(first, last);
  }

  private giveOut(from: number, to: number): void {
    if (to < this.cursor) {
      return;
    }
    if (from <= this.cursor && this.ahead.count === 0) {
      this.cursor = to + 1;
      return;
    }
    this.ahead.add(Math.max(from, this.cursor), to);
    const end = this.ahead.takeFirstFrom(this.cursor);
    this.cursor = end === undefined ? this.cursor : end + 1;
  }

  private settle(from: number, to: number, bytes: number): void {
    this.ackedBytes += bytes;
    for (let seq = from; seq <= to && this.pending.size > 0; seq += 1) {
      const message = this.pending.get(seq);
      if (message !== undefined) {
        this.pending.delete(seq);
        this.held.remove(message.lane, message.bodyBytes);
      }
    }
    this.acked.add(from, to);
    const end = this.acked.takeFirstFrom(this.floor + 1);
    if (end !== undefined) {
      this.floor = Math.max(this.floor, end);
    }
  }
}
