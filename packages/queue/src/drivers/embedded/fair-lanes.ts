import { LaneQueue, type WaitingMessage } from './lane-queue.ts';
import type { Tally } from './lane-tally.ts';

/** What a message costs its lane besides its body's bytes: handling one of 200 KB takes about twenty times as long as one of 1 KB (docs/adr/0003-queue.md, "Measured"). */
const MESSAGE_COST_BYTES = 8 * 1024;

interface Lane {
  readonly queue: LaneQueue;
  /** The clock of turns at which it is served next. */
  dueAt: number;
}

/** A message with its lane. */
export type WaitingInLane = WaitingMessage & { readonly lane: string };

/**
 * New messages by lane, and whose turn it is: start-time fair queueing. A clock counts cost. A lane is due at the clock's time when it begins to wait, and later by the cost of each message that is
 * taken from it; the lane that is due first is served, and the clock is set to when that was. So lanes that wait get even shares, one that begins to wait is served at once, and one that
 * emptied by a large message pays for it before its next.
 */
export class FairLanes {
  private readonly lanes = new Map<string, Lane>();
  private clock = 0;
  private waiting = 0;
  private waitingBytes = 0;

  /** Messages that wait. */
  get count(): number {
    return this.waiting;
  }

  /** Their bodies' bytes. */
  get bytes(): number {
    return this.waitingBytes;
  }

  /** What waits in a lane. */
  of(name: string): Tally & { readonly oldestAtMs: number | undefined } {
    const queue = this.lanes.get(name)?.queue;
    return { count: queue?.count ?? 0, bytes: queue?.bytes ?? 0, oldestAtMs: queue?.first?.appendedAtMs };
  }

  /** Adds the newest message of a lane. */
  add(name: string, message: WaitingMessage): void {
    let lane = this.lanes.get(name);
    if (lane === undefined) {
      lane = { queue: new LaneQueue(), dueAt: this.clock };
      this.lanes.set(name, lane);
    } else if (lane.queue.count === 0) {
      lane.dueAt = Math.max(lane.dueAt, this.clock);
    }
    lane.queue.push(message);
    this.waiting += 1;
    this.waitingBytes += message.bodyBytes;
  }

  /** Takes out up to `countMax` messages, until their bodies reach `bytesMax`; in the order of their numbers, which is how they lie on the disk. */
  take(countMax: number, bytesMax: number): WaitingInLane[] {
    const taken: WaitingInLane[] = [];
    let bytes = 0;
    while (taken.length < countMax && bytes < bytesMax && this.waiting > 0) {
      const message = this.takeOne();
      taken.push(message);
      bytes += message.bodyBytes;
    }
    if (this.waiting === 0) {
      // Nobody waits, so nobody has had more than others would have liked.
      this.lanes.clear();
      this.clock = 0;
    }
    return taken.sort((a, b) => a.seq - b.seq);
  }

  /** Puts back what was taken and could not be used: the latest taken of each lane, in the order of their numbers. */
  putBack(messages: readonly WaitingInLane[]): void {
    for (const message of [...messages].reverse()) {
      const lane = this.lanes.get(message.lane) ?? { queue: new LaneQueue(), dueAt: this.clock };
      this.lanes.set(message.lane, lane);
      lane.queue.unshift(message);
      this.waiting += 1;
      this.waitingBytes += message.bodyBytes;
    }
  }

  /** Takes a lane's messages before a number out, at no cost to the lane. */
  drop(name: string, beforeSeq: number): void {
    const queue = this.lanes.get(name)?.queue;
    for (let first = queue?.first; first !== undefined && first.seq < beforeSeq; first = queue?.first) {
      queue?.shift();
      this.waiting -= 1;
      this.waitingBytes -= first.bodyBytes;
    }
  }

  private takeOne(): WaitingInLane {
    const [name, lane] = this.nextLane();
    this.clock = lane.dueAt;
    const message = lane.queue.shift();
    if (message === undefined) {
      throw new Error('a lane whose turn it is has messages');
    }
    lane.dueAt += message.bodyBytes + MESSAGE_COST_BYTES;
    this.waiting -= 1;
    this.waitingBytes -= message.bodyBytes;
    return { lane: name, ...message };
  }

  /** The lane that is due first; on the way those are forgotten that are empty and owe nothing. */
  private nextLane(): [string, Lane] {
    let next: [string, Lane] | undefined;
    for (const entry of this.lanes) {
      const [name, { queue, dueAt }] = entry;
      if (queue.count > 0) {
        next = next === undefined || dueAt < next[1].dueAt ? entry : next;
      } else if (dueAt <= this.clock) {
        this.lanes.delete(name);
      }
    }
    if (next === undefined) {
      throw new Error('there are messages, so a lane has one');
    }
    return next;
  }
}
