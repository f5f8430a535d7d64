/** How much a cache may hold. */
export interface SeriesCacheLimits {
  readonly entriesMax: number;
  /** Of keys and what is kept for them, as `set` is told. */
  readonly bytesMax: number;
}

/**
 * What is known of label sets, by the bytes that they were sent as: a series that comes again is not parsed again. The key is those bytes as a Latin-1 text, which is made and hashed
 * faster than anything that looks inside.
 *
 * Bounded by two generations: what is asked for moves into the young one; when that is half of what is allowed, it becomes the old one and the old one is forgotten. It holds what
 * follows from the bytes alone, so all organizations share it.
 */
export class SeriesCache<Value extends object | bigint> {
  readonly #entriesMax: number;
  readonly #bytesMax: number;
  #young = new Map<string, Entry<Value>>();
  #old = new Map<string, Entry<Value>>();
  #youngBytes = 0;

  constructor({ entriesMax, bytesMax }: SeriesCacheLimits) {
    this.#entriesMax = Math.max(1, Math.floor(entriesMax / 2));
    this.#bytesMax = bytesMax / 2;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#young.get(key);
    if (entry !== undefined) {
      return entry.value;
    }
    const old = this.#old.get(key);
    if (old === undefined) {
      return undefined;
    }
    this.#old.delete(key);
    this.#add(key, old);
    return old.value;
  }

  /** Keeps a value that takes about `bytes`, its key included. */
  set(key: string, value: Value, bytes: number): void {
    this.#add(key, { value, bytes });
  }

  #add(key: string, entry: Entry<Value>): void {
    if (this.#young.size >= this.#entriesMax || this.#youngBytes + entry.bytes > this.#bytesMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#young.set(key, entry);
    this.#youngBytes += entry.bytes;
  }
}

interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
}
