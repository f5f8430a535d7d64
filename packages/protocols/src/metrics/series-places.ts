import { randomInt } from 'node:crypto';
import type { MetricSeries } from '@aegisguard/model';

const SLOTS_MIN = 64;
const SEED = randomInt(2 ** 31);

/** Where to look for a series. Ids are digests, but whoever has time finds labels whose ids end alike: all of the lower half counts, mixed differently in each process. */
export function placeHash(id: bigint): number {
  const mixed = Math.imul(Number(BigInt.asIntN(32, id)) ^ SEED, 0x9e3779b1);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The series of one batch, each once, and where each stands: a hash table in open addressing, for a Map of bigints would cost as much as all the rest of building a batch. */
export class SeriesPlaces {
  readonly series: MetricSeries[] = [];
  /** Places from 1; 0 is a free slot. */
  #slots: Uint32Array;

  constructor(expected: number) {
    this.#slots = new Uint32Array(slotsFor(expected));
  }

  /** Where the series stands, which is added if it is not there; `hash` is its `placeHash`. */
  placeOf(series: MetricSeries, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let entry = slots[slot] ?? 0; entry > 0; entry = slots[slot] ?? 0) {
      if (this.series[entry - 1]?.id === series.id) {
        return entry - 1;
      }
      slot = (slot + 1) & mask;
    }
    const place = this.series.push(series) - 1;
    slots[slot] = place + 1;
    if (this.series.length * 2 > slots.length) {
      this.#grow();
    }
    return place;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (const [place, { id }] of this.series.entries()) {
      let slot = placeHash(id) & mask;
      while (this.#slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      this.#slots[slot] = place + 1;
    }
  }
}

function slotsFor(expected: number): number {
  return Math.max(SLOTS_MIN, 2 ** Math.ceil(Math.log2(2 * expected + 1)));
}
