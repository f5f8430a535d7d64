import type { FetchedSpan } from '@aegisguard/model';
import type { MetricsGrid } from './metrics-grid.ts';
import type { Exemplar } from './metrics-series.ts';

/** Keeps a few spans of a series that lie apart in time: of each part of the range the first, or the one with the greatest value; the same whatever order they come in. */
export class ExemplarSlots {
  readonly #slots: (Exemplar | undefined)[];
  readonly #grid: MetricsGrid;
  readonly #greatest: boolean;

  constructor(count: number, grid: MetricsGrid, greatest: boolean) {
    this.#slots = new Array<Exemplar | undefined>(count);
    this.#grid = grid;
    this.#greatest = greatest;
  }

  offer({ traceId, spanId, startTime }: FetchedSpan, value: number): void {
    const { start, end } = this.#grid;
    const slot = Number(((startTime - start) * BigInt(this.#slots.length)) / (end - start));
    const kept = this.#slots[slot];
    const exemplar = { traceId, spanId, time: startTime, value };
    if (kept === undefined || this.#isBefore(exemplar, kept)) {
      this.#slots[slot] = exemplar;
    }
  }

  get exemplars(): readonly Exemplar[] {
    return this.#slots.filter((one) => one !== undefined);
  }

  #isBefore(one: Exemplar, other: Exemplar): boolean {
    if (this.#greatest && one.value !== other.value) {
      return one.value > other.value;
    }
    if (one.time !== other.time) {
      return one.time < other.time;
    }
    return one.traceId === other.traceId ? one.spanId < other.spanId : one.traceId < other.traceId;
  }
}
