/** A new message as the index knows it; `offset` is its place in its segment. */
export interface WaitingMessage {
  readonly seq: number;
  readonly offset: number;
  readonly bodyBytes: number;
  readonly appendedAtMs: number;
}

const FIELDS = 4;
const COUNT_MIN = 8;

/** The new messages of one lane in the order of their numbers: a ring of numbers, 32 bytes a message, because a backlog may be a million of them. */
export class LaneQueue {
  private ring = new Float64Array(COUNT_MIN * FIELDS);
  private head = 0;
  private size = 0;
  private bodiesBytes = 0;

  get count(): number {
    return this.size;
  }

  /** Of the messages' bodies. */
  get bytes(): number {
    return this.bodiesBytes;
  }

  /** The oldest message. */
  get first(): WaitingMessage | undefined {
    return this.size === 0 ? undefined : this.at(this.head);
  }

  push(message: WaitingMessage): void {
    this.grow();
    this.write((this.head + this.size) % this.capacity, message);
    this.size += 1;
  }

  /** Puts one before the first. */
  unshift(message: WaitingMessage): void {
    this.grow();
    this.head = (this.head + this.capacity - 1) % this.capacity;
    this.write(this.head, message);
    this.size += 1;
  }

  shift(): WaitingMessage | undefined {
    const { first } = this;
    if (first === undefined) {
      return undefined;
    }
    this.head = (this.head + 1) % this.capacity;
    this.size -= 1;
    this.bodiesBytes -= first.bodyBytes;
    if (this.size === 0 && this.capacity > COUNT_MIN) {
      this.ring = new Float64Array(COUNT_MIN * FIELDS);
      this.head = 0;
    }
    return first;
  }

  private get capacity(): number {
    return this.ring.length / FIELDS;
  }

  private at(slot: number): WaitingMessage {
    const at = slot * FIELDS;
    const { [at]: seq = 0, [at + 1]: offset = 0, [at + 2]: bodyBytes = 0, [at + 3]: appendedAtMs = 0 } = this.ring;
    return { seq, offset, bodyBytes, appendedAtMs };
  }

  private write(slot: number, { seq, offset, bodyBytes, appendedAtMs }: WaitingMessage): void {
    this.ring[slot * FIELDS] = seq;
    this.ring[slot * FIELDS + 1] = offset;
    this.ring[slot * FIELDS + 2] = bodyBytes;
    this.ring[slot * FIELDS + 3] = appendedAtMs;
    this.bodiesBytes += bodyBytes;
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
