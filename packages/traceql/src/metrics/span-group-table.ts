import type { SpanGroups } from '@aegisguard/model';
import type { FieldReader } from '../evaluate/read-field.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar, type Scalar } from '../evaluate/value.ts';
import { ExemplarSlots } from './exemplar-slots.ts';
import type { Measure, MeasureKind } from './measure.ts';
import type { MetricsGrid } from './metrics-grid.ts';

/** What is known of the spans that have the same values of the fields that are grouped by. */
export interface SpanGroupCells {
  readonly by: readonly (Scalar | undefined)[];
  /** Counts, sums, least or greatest values by bucket. For `log2` a column for each power; else all have the key 0. */
  readonly columns: Map<number, Float64Array>;
  /** For `average`: how many were added up. */
  readonly counts: Float64Array | undefined;
  /** By the power for `log2`; else all have the key 0. */
  readonly exemplars: Map<number, ExemplarSlots>;
}

const EMPTY: Readonly<Record<MeasureKind, number>> = {
  count: 0,
  log2: 0,
  sum: Number.NaN,
  average: Number.NaN,
  min: Number.NaN,
  max: Number.NaN,
};

/** Groups of spans and what is measured of them, whoever measures: span by span here, or the store. */
export class SpanGroupTable {
  readonly #grid: MetricsGrid;
  readonly #measure: Measure;
  readonly #readers: readonly FieldReader[];
  readonly #exemplarsMax: number;
  readonly #groups = new Map<string, SpanGroupCells>();
  #columnCount = 0;

  constructor(grid: MetricsGrid, measure: Measure, readers: readonly FieldReader[], exemplarsMax: number) {
    this.#grid = grid;
    this.#measure = measure;
    this.#readers = readers;
    this.#exemplarsMax = exemplarsMax;
  }

  get groups(): readonly SpanGroupCells[] {
    return [...this.#groups.values()];
  }

  /** Measures a span of the range. */
  add(trace: TraceSpans, index: number): void {
    const measured = this.#measure.read(trace, index);
    if (measured === undefined) {
      return;
    }
    const group = this.#group(this.#readers.map((read) => firstScalar(read(trace, index))));
    const bucket = this.#grid.bucketOf(trace.at(index).startTime);
    this.#merge(group, bucket, measured.value, measured.power, 1);
    if (group.counts !== undefined) {
      group.counts[bucket] = (group.counts[bucket] ?? 0) + 1;
    }
    this.#keep(group, trace, index, measured.value, measured.power);
  }

  /** A span that was measured otherwise may stand for its group. */
  offer(trace: TraceSpans, index: number): void {
    const measured = this.#measure.read(trace, index);
    const by = this.#readers.map((read) => firstScalar(read(trace, index)));
    const group = this.#groups.get(keyOf(by));
    if (measured !== undefined && group !== undefined) {
      this.#keep(group, trace, index, measured.value, measured.power);
    }
  }

  /** Takes what the store measured. */
  addMeasured({ groups }: SpanGroups): void {
    for (const { by, buckets, values, powers } of groups) {
      const group = this.#group(by);
      for (const [entry, bucket] of buckets.entries()) {
        const value = values[entry] ?? 0;
        const power = powers?.[entry] ?? 0;
        this.#merge(group, bucket, value, power, value);
      }
    }
  }

  /** Takes how many spans the store added up, for averages: each power's count of a bucket. */
  addCounts({ groups }: SpanGroups): void {
    for (const { by, buckets, values } of groups) {
      const { counts } = this.#group(by);
      for (const [entry, bucket] of buckets.entries()) {
        if (counts !== undefined) {
          counts[bucket] = (counts[bucket] ?? 0) + (values[entry] ?? 0);
        }
      }
    }
  }

  #group(by: readonly (Scalar | undefined)[]): SpanGroupCells {
    const key = keyOf(by);
    let group = this.#groups.get(key);
    if (group === undefined) {
      const counts = this.#measure.kind === 'average' ? new Float64Array(this.#grid.bucketCount) : undefined;
      group = { by, columns: new Map(), counts, exemplars: new Map() };
      this.#groups.set(key, group);
      this.#grid.checkSeries(this.#groups.size);
    }
    return group;
  }

  #merge(group: SpanGroupCells, bucket: number, value: number, power: number, count: number): void {
    const { kind } = this.#measure;
    const column = this.#column(group, kind === 'log2' ? power : 0);
    const kept = column[bucket] ?? Number.NaN;
    switch (kind) {
      case 'count':
      case 'log2':
        column[bucket] = kept + count;
        break;
      case 'sum':
      case 'average':
        column[bucket] = Number.isNaN(kept) ? value : kept + value;
        break;
      case 'min':
        column[bucket] = Number.isNaN(kept) ? value : Math.min(kept, value);
        break;
      case 'max':
        column[bucket] = Number.isNaN(kept) ? value : Math.max(kept, value);
        break;
    }
  }

  #column({ columns }: SpanGroupCells, key: number): Float64Array {
    let column = columns.get(key);
    if (column === undefined) {
      column = new Float64Array(this.#grid.bucketCount).fill(EMPTY[this.#measure.kind]);
      columns.set(key, column);
      this.#columnCount += 1;
      this.#grid.checkSeries(this.#columnCount);
    }
    return column;
  }

  #keep({ exemplars }: SpanGroupCells, trace: TraceSpans, index: number, value: number, power: number): void {
    if (this.#exemplarsMax === 0) {
      return;
    }
    const isLog2 = this.#measure.kind === 'log2';
    const key = isLog2 ? power : 0;
    let slots = exemplars.get(key);
    if (slots === undefined) {
      slots = new ExemplarSlots(this.#exemplarsMax, this.#grid, this.#measure.kind === 'max');
      exemplars.set(key, slots);
    }
    slots.offer(trace.at(index), value);
  }
}

function keyOf(by: readonly (Scalar | undefined)[]): string {
  return JSON.stringify(by.map((value) => (typeof value === 'bigint' ? ['n', String(value)] : (value ?? null))));
}
