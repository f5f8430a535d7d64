/**
 * A bounded map that forgets what was not touched for a while, at no cost a call: entries live in two generations; when the young one is full or old enough, it becomes the old one, and the old
 * one is dropped whole. (Dropping a Map's first key one by one is slow in V8: each look at the front walks over the holes.)
 */
export class GenerationMap<Value> {
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #bornAtMs: number;
  readonly #entriesMax: number;
  readonly #lifeMs: number;

  /** Holds at most `2 · entriesMax`; an untouched entry is gone after `lifeMs` to `2 · lifeMs`. */
  constructor(entriesMax: number, lifeMs: number, nowMs: number) {
    this.#entriesMax = entriesMax;
    this.#lifeMs = lifeMs;
    this.#bornAtMs = nowMs;
  }

  /** The entry, kept for another life. */
  get(key: string, nowMs: number): Value | undefined {
    const value = this.#young.get(key) ?? this.#old.get(key);
    if (value !== undefined) {
      this.set(key, value, nowMs);
    }
    return value;
  }

  set(key: string, value: Value, nowMs: number): void {
    if (this.#young.size >= this.#entriesMax || nowMs - this.#bornAtMs >= this.#lifeMs) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bornAtMs = nowMs;
    }
    this.#young.set(key, value);
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
