const SLOTS_MIN = 64;
const BYTES_PER_SLOT = 8;

/** An id's halves are read through memory: arithmetic on bigints would allocate, and so would a pair of them. */
const wide = new BigUint64Array(1);
const narrow = new Uint32Array(wide.buffer);

/** A set of 64-bit ids in open addressing: 8 bytes a slot and no object an id, where a Set of bigints takes some 60. Ids are digests, so their low bits are the hash. */
export class SeriesSet {
  /** Halves of ids, low and high; both 0 is an empty slot, and the id 0 stands in `hasZero`. */
  #slots = new Uint32Array(2 * SLOTS_MIN);
  #size = 0;
  #hasZero = false;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return (this.#slots.length / 2) * BYTES_PER_SLOT;
  }

  has(id: bigint): boolean {
    wide[0] = id;
    const low = narrow[0] ?? 0;
    const high = narrow[1] ?? 0;
    if (low === 0 && high === 0) {
      return this.#hasZero;
    }
    const at = this.#find(low, high);
    return this.#slots[at] !== 0 || this.#slots[at + 1] !== 0;
  }

  add(id: bigint): void {
    wide[0] = id;
    const low = narrow[0] ?? 0;
    const high = narrow[1] ?? 0;
    if (low === 0 && high === 0) {
      this.#size += this.#hasZero ? 0 : 1;
      this.#hasZero = true;
      return;
    }
    const at = this.#find(low, high);
    if (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) {
      return;
    }
    this.#slots[at] = low;
    this.#slots[at + 1] = high;
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length) {
      this.#grow();
    }
  }

  /** Where the id is, or the empty place where it belongs. At most half of the slots are taken, so there is one. */
  #find(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (low * 2) & mask;
    while (!(slots[at] === low && slots[at + 1] === high) && !(slots[at] === 0 && slots[at + 1] === 0)) {
      at = (at + 2) & mask;
    }
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const [low = 0, high = 0] = [old[at], old[at + 1]];
      if (low !== 0 || high !== 0) {
        const place = this.#find(low, high);
        this.#slots[place] = low;
        this.#slots[place + 1] = high;
      }
    }
  }
}
