/** Remembers the answers for the last texts asked for: at least half of `entriesMax`, never more. */
export class BoundedCache<Value> {
  readonly #entriesMax: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** `undefined` when it is not known, or was forgotten. */
  get(key: string): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) {
      return value;
    }
    const earlier = this.#old.get(key);
    if (earlier !== undefined) {
      this.set(key, earlier);
    }
    return earlier;
  }

  /** Everything that was not asked for since the last half was filled is forgotten at once: no list of uses to keep. */
  set(key: string, value: Value): void {
    if (this.#young.size >= this.#entriesMax / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
