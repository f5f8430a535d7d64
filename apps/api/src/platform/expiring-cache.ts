interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly until: number;
}

/**
 * A bounded map whose entries are forgotten after a while. Loads under way are shared. It holds `undefined` answers too, so that a flood of unknown keys does not become a
 * flood of database look-ups. When a generation is full it becomes the old one and the old one goes: dropping single entries from the front of a Map is slow in V8.
 */
export class ExpiringCache<Value> {
  private young = new Map<string, Entry<Value>>();
  private old = new Map<string, Entry<Value>>();

  constructor(
    private readonly ttlMs: number,
    private readonly entriesMax: number,
    /** Monotonic ms: a clock set back must not stretch anything. */
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const found = this.young.get(key) ?? this.old.get(key);
    if (found !== undefined && found.until > this.nowMs()) {
      return found.value;
    }
    if (this.young.size * 2 >= this.entriesMax) {
      this.old = this.young;
      this.young = new Map();
    }
    const entry = { value: load(), until: this.nowMs() + this.ttlMs };
    this.young.set(key, entry);
    entry.value.catch(() => {
      if (this.young.get(key) === entry) {
        this.young.delete(key);
      }
    });
    return entry.value;
  }

  /** Forgets one entry, also while it is being loaded. */
  delete(key: string): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  /** Forgets everything, also what is being loaded. */
  clear(): void {
    this.young = new Map();
    this.old = new Map();
  }
}
