/** One thing that waits to be committed, and who waits for it. */
interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** How much one commit takes. */
export interface GroupLimits {
  readonly countMax: number;
  readonly bytesMax: number;
}

/**
 * Commits items in groups, one group at a time and in order: what arrives while a commit is under way makes the next group, so that the cost of a disk's flush is shared by as many as
 * are waiting for it. A group fails or succeeds as a whole.
 */
export class GroupCommit<Item, Result> {
  private readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  private readonly bytesOf: (item: Item) => number;
  private readonly limits: GroupLimits;
  private waiting: Waiting<Item, Result>[] = [];
  private running: Promise<void> | undefined;

  constructor(
    commit: (items: readonly Item[]) => Promise<readonly Result[]>,
    bytesOf: (item: Item) => number,
    limits: GroupLimits,
  ) {
    this.commit = commit;
    this.bytesOf = bytesOf;
    this.limits = limits;
  }

  add(item: Item): Promise<Result> {
    const result = new Promise<Result>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
    });
    this.running ??= this.run();
    return result;
  }

  /** Resolves when everything added so far is committed or has failed. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    // One turn of the microtask queue: whatever is added together is committed together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.takeGroup();
      try {
        const results = await this.commit(group.map(({ item }) => item));
        for (const [index, { resolve }] of group.entries()) {
          resolve(results[index] as Result);
        }
      } catch (error) {
        for (const { reject } of group) {
          reject(error);
        }
      }
    }
    this.running = undefined;
  }

  private takeGroup(): Waiting<Item, Result>[] {
    let bytes = 0;
    let count = 0;
    for (const { item } of this.waiting) {
      bytes += this.bytesOf(item);
      if (count === this.limits.countMax || (count > 0 && bytes > this.limits.bytesMax)) {
        break;
      }
      count += 1;
    }
    const group = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    return group;
  }
}
