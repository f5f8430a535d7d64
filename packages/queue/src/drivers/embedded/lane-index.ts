import { FairLanes, type WaitingInLane } from './fair-lanes.ts';
import { LogCursor } from './log-cursor.ts';
import type { SegmentLog } from './segment-log.ts';
import type { GapRecord } from './segment-record.ts';

/**
 * So many new messages are known by lane, at 32 bytes each; those behind them in the log wait until half of these are worked off. Five times what the gateway lets wait
 * (`ingest/back-pressure.ts`), so that in practice every message is known.
 */
const LOOK_AHEAD_MAX = 1024 ** 2;
/** A read waits so long for what is not known yet, then makes do with what is: a disk may be slow. Two hundred thousand messages of 1 KB take a fifth of that. */
const LOOK_MS_MAX = 1000;
/** What is looked at before others get the thread. */
const STEP_MESSAGES = 512;

/** What an index needs. */
export interface LaneIndexParts {
  readonly log: SegmentLog;
  /** The first number to look at. */
  readonly fromSeq: number;
  /** Whether a message was given out before. */
  readonly isGiven: (seq: number) => boolean;
  /** Told of numbers without messages. */
  readonly onGap: (gap: GapRecord) => void;
  /** Default: a million. */
  readonly lookAheadMax?: number | undefined;
}

/**
 * A group's new messages by lane. It follows appends as they are committed; what was there before, or came while it was full, it finds by walking over the log when messages are taken. Not for
 * use by two takers at once, nor by one while it catches up.
 */
export class LaneIndex {
  private readonly parts: LaneIndexParts;
  private readonly lanes = new FairLanes();
  private readonly cursor: LogCursor;
  private readonly lookAheadMax: number;
  /** The first number that was not looked at. */
  private nextSeq: number;
  /** False from when it was full until half of that is worked off. */
  private isLooking = true;

  constructor(parts: LaneIndexParts) {
    this.parts = parts;
    this.lookAheadMax = parts.lookAheadMax ?? LOOK_AHEAD_MAX;
    this.nextSeq = parts.fromSeq;
    this.cursor = new LogCursor(parts.log, parts.fromSeq);
  }

  /** Whether there are messages to take, as far as is known. */
  get hasSome(): boolean {
    return this.lanes.count > 0 || this.isBehind;
  }

  /** To be told of every commit, in order. */
  follow(messages: readonly WaitingInLane[]): void {
    for (const message of messages) {
      if (message.seq === this.nextSeq && this.lanes.count < this.lookAheadMax) {
        this.add(message);
        this.nextSeq += 1;
      }
    }
  }

  /** What waits in a lane, as far as is known. */
  waitingIn(lane: string) {
    return this.lanes.of(lane);
  }

  /** Whether more can be known. */
  get canCatchUp(): boolean {
    return this.isBehind && (this.isLooking || this.hasRoom);
  }

  /** Takes messages in the lanes' turns; ordered by number. */
  async take(countMax: number, bytesMax: number): Promise<WaitingInLane[]> {
    await this.catchUp();
    return this.lanes.take(countMax, bytesMax);
  }

  /** Looks at what is not known yet, while there is room and not for long. What cannot be looked at now stops nobody from taking what is known. */
  async catchUp(): Promise<void> {
    this.isLooking ||= this.hasRoom;
    const deadline = performance.now() + LOOK_MS_MAX;
    while (this.isLooking && this.isBehind && (this.lanes.count === 0 || performance.now() < deadline)) {
      try {
        await this.look();
      } catch (error) {
        if (this.lanes.count === 0) {
          throw error;
        }
        break;
      }
      this.isLooking = this.lanes.count < this.lookAheadMax;
    }
  }

  /** Puts back what was taken last, or the latest of it. */
  putBack(messages: readonly WaitingInLane[]): void {
    this.lanes.putBack(messages);
  }

  /** Forgets what is known of a lane before a number. */
  drop(lane: string, beforeSeq: number): void {
    this.lanes.drop(lane, beforeSeq);
  }

  private get hasRoom(): boolean {
    return this.lanes.count <= this.lookAheadMax / 2;
  }

  private get isBehind(): boolean {
    return this.nextSeq < this.parts.log.end.seq;
  }

  /** Looks at what comes next in the log. */
  private async look(): Promise<void> {
    this.cursor.moveTo(this.nextSeq);
    for (let count = 0; count < STEP_MESSAGES && this.isBehind; count += 1) {
      const head = this.cursor.peekHead() ?? (await this.cursor.nextHead());
      if (head === undefined) {
        return;
      }
      if (head.kind === 'gap') {
        this.nextSeq = head.to + 1;
        this.parts.onGap(head);
      } else {
        this.nextSeq = head.seq + 1;
        this.add(head);
      }
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  private add(message: WaitingInLane): void {
    if (!this.parts.isGiven(message.seq)) {
      this.lanes.add(message.lane, message);
    }
  }
}
