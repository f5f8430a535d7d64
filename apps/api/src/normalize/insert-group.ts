import type { IngestEnvelope } from '@aegisguard/model';
import type { Delivery } from '@aegisguard/queue';
import type { EncodedBatch } from '@aegisguard/storage';

/** A delivered batch and its rows. */
export interface GroupMember {
  readonly delivery: Delivery;
  readonly envelope: IngestEnvelope;
  readonly batch: EncodedBatch;
  /** Unix ms at which the queue handed it over: its lease counts from here. */
  readonly heldSinceMs: number;
}

/** Batches that are inserted together: few large inserts make few parts, and parts are what a column store pays for. */
export class InsertGroup {
  readonly members: GroupMember[] = [];
  rowCount = 0;
  byteCount = 0;
  private openedAtMs = 0;

  constructor(
    private readonly limits: { readonly rowsMax: number; readonly bytesMax: number; readonly ageMsMax: number },
  ) {}

  add(member: GroupMember, nowMs: number): void {
    if (this.members.length === 0) {
      this.openedAtMs = nowMs;
    }
    this.members.push(member);
    this.rowCount += member.batch.rowCount;
    this.byteCount += member.batch.bytes.byteLength;
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
