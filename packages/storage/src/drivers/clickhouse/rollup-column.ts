import { type GridFunction, isStaleMarker } from '@aegisguard/model';
import type { RollupSlots } from './rollup-slots.ts';
import { countUntil, type SampleArrays } from './sample-order.ts';

/** Buckets of one series: of each slot how many values there were, what the function needs of them, and of which computation that is. */
export class RollupColumn {
  readonly #slots: RollupSlots;
  readonly #function: GridFunction;
  readonly #counts: Float64Array;
  readonly #values: Float64Array;
  readonly #versions: Float64Array;

  constructor(slots: RollupSlots, name: GridFunction) {
    this.#slots = slots;
    this.#function = name;
    this.#counts = new Float64Array(slots.count);
    this.#values = new Float64Array(slots.count);
    this.#versions = new Float64Array(slots.count);
  }

  /** A stored bucket. Of several of one time the latest computation counts. */
  put(endSeconds: number, version: number, count: number, value: number): void {
    const slot = this.#slots.slotOf(endSeconds);
    if (slot !== -1 && version >= (this.#versions[slot] ?? 0)) {
      this.#versions[slot] = version;
      this.#counts[slot] = count;
      this.#values[slot] = value;
    }
  }

  /** Forgets the buckets of an hour, of which what is stored does not know everything. */
  clearHour(hourEndSeconds: number): void {
    const { widthSeconds } = this.#slots;
    for (let end = hourEndSeconds - HOUR_SECONDS + widthSeconds; end <= hourEndSeconds; end += widthSeconds) {
      const slot = this.#slots.slotOf(end);
      if (slot !== -1) {
        this.#counts[slot] = 0;
      }
    }
  }

  /** Adds the samples of an hour, by the words of ADR 0009. The samples may be of more than that hour: an increase is counted from the last one before, up to an hour before it. */
  addHour({ timestampsMs, values }: SampleArrays, hourEndSeconds: number): void {
    const { widthSeconds } = this.#slots;
    const hourEndMs = hourEndSeconds * 1000;
    let previous = Number.NaN;
    // Many hours are taken from the same samples: each looks at its own alone.
    for (
      let index = countUntil(timestampsMs, hourEndMs - 2 * HOUR_SECONDS * 1000);
      index < timestampsMs.length;
      index += 1
    ) {
      const timeMs = timestampsMs[index] ?? 0;
      if (timeMs > hourEndMs) {
        break;
      }
      const value = values[index] ?? Number.NaN;
      if (timeMs > hourEndMs - HOUR_SECONDS * 1000 && !isStaleMarker(values, index)) {
        this.#add(this.#slots.slotOf(Math.ceil(timeMs / 1000 / widthSeconds) * widthSeconds), value, previous);
      }
      previous = Number.isNaN(value) ? previous : value;
    }
  }

  /** Whether there is a result at a point, and which. */
  resultAt(point: number): number | undefined {
    const first = this.#slots.firstOf(point);
    const end = first + this.#slots.bucketsPerWindow;
    let count = 0;
    let combined = 0;
    for (let slot = first; slot < end; slot += 1) {
      const ofSlot = this.#counts[slot] ?? 0;
      if (ofSlot > 0) {
        combined = count === 0 ? (this.#values[slot] ?? 0) : this.#combine(combined, this.#values[slot] ?? 0);
        count += ofSlot;
      }
    }
    return count === 0 ? undefined : this.#finish(combined, count);
  }

  #finish(combined: number, count: number): number | undefined {
    switch (this.#function) {
      case 'avg_over_time':
        return combined / count;
      case 'count_over_time':
        return count;
      case 'present_over_time':
        return 1;
      case 'increase':
        return count < 2 ? undefined : combined;
      case 'rate':
        return count < 2 ? undefined : combined / (this.#slots.bucketsPerWindow * this.#slots.widthSeconds);
      default:
        return combined;
    }
  }

  #add(slot: number, value: number, previous: number): void {
    if (slot === -1) {
      return;
    }
    const isCounter = this.#function === 'rate' || this.#function === 'increase';
    const own = isCounter ? increaseOf(value, previous) : value;
    const isFirst = this.#counts[slot] === 0;
    this.#values[slot] = isFirst ? own : this.#combine(this.#values[slot] ?? 0, own);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  #combine(before: number, next: number): number {
    switch (this.#function) {
      case 'last':
      case 'last_over_time':
        return next;
      case 'min_over_time':
        return Number.isNaN(before) || next < before ? next : before;
      case 'max_over_time':
        return Number.isNaN(before) || next > before ? next : before;
      default:
        return before + next;
    }
  }
}

const HOUR_SECONDS = 3600;

function increaseOf(value: number, previous: number): number {
  if (Number.isNaN(value) || Number.isNaN(previous)) {
    return 0;
  }
  return value < previous ? value : value - previous;
}
