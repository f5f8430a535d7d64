/** A new message as the index knows it; `offset` is its place in its segment. */
export interface WaitingMessage {
  readonly seq: number;
  readonly offset: number;
  readonly bodyBytes: number;
}

const FIELDS = 3;
const COUNT_MIN = 8;

/** The new messages of one lane in the order of their numbers: a ring of numbers, 24 bytes a message, because a backlog may be a million of them. */
export class LaneQueue {
  private ring = new Float64Array(COUNT_MIN * FIELDS);
  private head = 0;
  private size = 0;

  get count(): number {
    return this.size;
  }

  push({ seq, offset, bodyBytes }: WaitingMessage): void {
    this.grow();
    this.write((this.head + this.size) % this.capacity, seq, offset, bodyBytes);
    this.size += 1;
  }

  /** Puts one before the first. */
  unshift({ seq, offset, bodyBytes }: WaitingMessage): void {
    this.grow();
    this.head = (this.head + this.capacity - 1) % this.capacity;
    this.write(this.head, seq, offset, bodyBytes);
    this.size += 1;
  }

  shift(): WaitingMessage | undefined {
    if (this.size === 0) {
      return undefined;
    }
    const at = this.head * FIELDS;
    const { [at]: seq = 0, [at + 1]: offset = 0, [at + 2]: bodyBytes = 0 } = this.ring;
    this.head = (this.head + 1) % this.capacity;
    this.size -= 1;
    if (this.size === 0 && this.capacity > COUNT_MIN) {
      this.ring = new Float64Array(COUNT_MIN * FIELDS);
      this.head = 0;
    }
    return { seq, offset, bodyBytes };
  }

  private get capacity(): number {
    return this.ring.length / FIELDS;
  }

  private write(slot: number, seq: number, offset: number, bodyBytes: number): void {
    this.ring[slot * FIELDS] = seq;
    this.ring[slot * FIELDS + 1] = offset;
    this.ring[slot * FIELDS + 2] = bodyBytes;
  }

  private grow(): void {
    if (this.size < this.capacity) {
      return;
    }
    const ring = new Float64Array(this.ring.length * 2);
    ring.set(this.ring.subarray(this.head * FIELDS));
    ring.set(this.ring.subarray(0, this.head * FIELDS), this.ring.length - this.head * FIELDS);
    this.ring = ring;
    this.head = 0;
  }
}
