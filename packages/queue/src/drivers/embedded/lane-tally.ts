/** How many messages, and how many bytes in their bodies. */
export interface Tally {
  readonly count: number;
  readonly bytes: number;
}

const NONE: Tally = { count: 0, bytes: 0 };

/** Counts messages by lane. A lane that has none takes no memory. */
export class LaneTally {
  private readonly lanes = new Map<string, Tally>();

  of(lane: string): Tally {
    return this.lanes.get(lane) ?? NONE;
  }

  add(lane: string, bodyBytes: number): void {
    const { count, bytes } = this.of(lane);
    this.lanes.set(lane, { count: count + 1, bytes: bytes + bodyBytes });
  }

  /** Takes one out that was added. */
  remove(lane: string, bodyBytes: number): void {
    const { count, bytes } = this.of(lane);
    if (count > 1) {
      this.lanes.set(lane, { count: count - 1, bytes: bytes - bodyBytes });
    } else {
      this.lanes.delete(lane);
    }
  }
}
