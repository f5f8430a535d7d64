import { areSameBytes, hashBytes } from './byte-hash.ts';
import { viewOf } from './byte-run.ts';
import type { LabelSet } from './label-set.ts';

/** How much a cache may hold. */
export interface LabelSetCacheLimits {
  readonly entriesMax: number;
  /** Of the label sets' bytes and of what is kept for them, as `set` is told. */
  readonly bytesMax: number;
}

/** Longer label sets are not remembered: nearly none are. */
const LABEL_SET_BYTES_MAX = 4096;
const ENTRIES_INITIAL = 1024;
const BYTES_INITIAL = 64 * 1024;
/** So far from its place is an entry put, and looked for: however many label sets somebody makes that collide, a look takes no longer. */
const PROBES_MAX = 16;
/** Slots for each entry. */
const SPARSENESS = 4;

/** Entries that were added since the last change of generations: a hash table whose keys lie one after another in one piece of memory. */
class Generation<Value> {
  readonly values: Value[] = [];
  /** What its entries take, as `LabelSetCacheLimits` counts. */
  weight = 0;
  #bytes = Buffer.allocUnsafeSlow(BYTES_INITIAL);
  #view = viewOf(this.#bytes);
  #used = 0;
  /** Of entries: hash, where the key begins, its length. */
  #hashes = new Uint32Array(ENTRIES_INITIAL);
  #starts = new Uint32Array(ENTRIES_INITIAL);
  #lengths = new Uint32Array(ENTRIES_INITIAL);
  /** Numbers of entries, from 1; 0 is a free slot. */
  #slots = new Uint32Array(ENTRIES_INITIAL * SPARSENESS);

  find(hash: number, view: DataView, start: number, length: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let probe = 0; probe < PROBES_MAX; probe += 1) {
      const entry = (slots[(hash + probe) & mask] ?? 0) - 1;
      if (entry < 0) {
        return -1;
      }
      if (
        this.#hashes[entry] === hash &&
        this.#lengths[entry] === length &&
        areSameBytes(this.#view, this.#starts[entry] ?? 0, view, start, length)
      ) {
        return entry;
      }
    }
    return -1;
  }

  /** Adds what is not there yet. An entry whose neighbourhood is full takes the place of one there. */
  add(hash: number, bytes: Buffer, start: number, end: number, value: Value, weight: number): void {
    const entry = this.values.length;
    if (entry === this.#hashes.length) {
      this.#growEntries();
    }
    this.#reserve(end - start);
    bytes.copy(this.#bytes, this.#used, start, end);
    this.#hashes[entry] = hash;
    this.#starts[entry] = this.#used;
    this.#lengths[entry] = end - start;
    this.#used += end - start;
    this.values.push(value);
    this.weight += weight;
    this.#place(entry);
  }

  #place(entry: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = this.#hashes[entry] ?? 0;
    let probe = 0;
    while (probe < PROBES_MAX - 1 && slots[(hash + probe) & mask] !== 0) {
      probe += 1;
    }
    slots[(hash + probe) & mask] = entry + 1;
  }

  #growEntries(): void {
    this.#hashes = doubled(this.#hashes);
    this.#starts = doubled(this.#starts);
    this.#lengths = doubled(this.#lengths);
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.values.length; entry += 1) {
      this.#place(entry);
    }
  }

  #reserve(count: number): void {
    if (this.#used + count > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(this.#bytes.length * 2);
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
      this.#view = viewOf(larger);
    }
  }
}

function doubled(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(numbers.length * 2);
  result.set(numbers);
  return result;
}

/**
 * What is known of label sets, by their bytes: a series that comes again is not parsed again, and nothing is made to look it up. A map of texts would need a text of each
 * label set, and its hash.
 *
 * Bounded by two generations: what is asked for is added to the young one; when that holds half of what is allowed, it becomes the old one and the old one is forgotten. It
 * holds what follows from the bytes alone, so all organizations share it.
 */
export class LabelSetCache<Value> {
  readonly #entriesMax: number;
  readonly #bytesMax: number;
  readonly #weigh: (value: Value) => number;
  #young = new Generation<Value>();
  #old = new Generation<Value>();

  /** `weigh` says how many bytes a value takes, roughly. */
  constructor({ entriesMax, bytesMax }: LabelSetCacheLimits, weigh: (value: Value) => number) {
    this.#entriesMax = Math.max(1, Math.floor(entriesMax / 2));
    this.#bytesMax = bytesMax / 2;
    this.#weigh = weigh;
  }

  /** What is known of a label set; if nothing is, `make` is asked and its answer kept. */
  get(set: LabelSet, make: (set: LabelSet) => Value): Value {
    const { start, end } = set;
    if (end - start > LABEL_SET_BYTES_MAX || !set.isWhole) {
      return make(set);
    }
    const { view } = set;
    const hash = hashBytes(view, start, end);
    const entry = this.#young.find(hash, view, start, end - start);
    return entry < 0 ? this.#findOlder(set, hash, make) : (this.#young.values[entry] as Value);
  }

  #findOlder(set: LabelSet, hash: number, make: (set: LabelSet) => Value): Value {
    const { view, start, end } = set;
    const entry = this.#old.find(hash, view, start, end - start);
    const value = entry < 0 ? make(set) : (this.#old.values[entry] as Value);
    const weight = end - start + this.#weigh(value);
    if (this.#young.values.length >= this.#entriesMax || this.#young.weight + weight > this.#bytesMax) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.add(hash, set.bytes, start, end, value, weight);
    return value;
  }
}
