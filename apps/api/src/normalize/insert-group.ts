import type { IngestEnvelope } from '@aegisguard/model';
import type { Delivery } from '@aegisguard/queue';
import type { RuledCounts } from './apply-rules.ts';
import type { Finding } from './scrub-counter.ts';

/** A delivered batch and its rows. */
export interface GroupMember<Batch> {
  readonly delivery: Delivery;
  readonly envelope: IngestEnvelope;
  readonly batch: Batch;
  /** What was found in its records. */
  readonly findings: readonly Finding[];
  /** What rules did to its records. */
  readonly ruled?: RuledCounts | undefined;
  readonly rowCount: number;
  readonly byteCount: number;
  /** Rows of it that were stored when these were made. */
  readonly storedBefore: number;
  /** False when rows of it may be stored already. */
  readonly isFirstTry: boolean;
  /** Monotonic ms at which the queue handed it over: its lease counts from here. */
  readonly heldSinceMs: number;
}

/** When a group is inserted. */
export interface GroupLimits {
  readonly rowsMax: number;
  readonly bytesMax: number;
  readonly ageMsMax: number;
}

/** Batches that are inserted together: few large inserts make few parts, and parts are what a column store pays for. */
export class InsertGroup<Batch> {
  readonly members: GroupMember<Batch>[] = [];
  rowCount = 0;
  byteCount = 0;
  private openedAtMs = 0;

  constructor(private readonly limits: GroupLimits) {}

  add(member: GroupMember<Batch>, nowMs: number): void {
    if (this.members.length === 0) {
      this.openedAtMs = nowMs;
    }
    this.members.push(member);
    this.rowCount += member.rowCount;
    this.byteCount += member.byteCount;
  }

  /** Whether it is large or old enough to be inserted. */
  isDue(nowMs: number): boolean {
    return this.isLarge() || (this.members.length > 0 && nowMs - this.openedAtMs >= this.limits.ageMsMax);
  }

  isLarge(): boolean {
    return this.rowCount >= this.limits.rowsMax || this.byteCount >= this.limits.bytesMax;
  }

  /** Ms until it is due by age; 0 when it is. */
  dueInMs(nowMs: number): number {
    return this.members.length === 0
      ? this.limits.ageMsMax
      : Math.max(0, this.openedAtMs + this.limits.ageMsMax - nowMs);
  }
}
